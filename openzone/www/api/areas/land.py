"""Land: parcels, offers and contracts, deliveries of net land, standard land."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import ALL, filed, of
from openzone.www.api.areas.projects import last_seen
from openzone.www.api.desk import IF_MATCH, Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import land as shapes
from openzone.www.api.values import Id, Line, content_of
from openzone.www.forms import land as page
from openzone.www.forms import land_acts as acts
from openzone.www.forms import land_work as work
from openzone.www.land_obstacles import opened
from openzone.zone.errors import Refused
from openzone.zone.land import permissions as may
from openzone.zone.land.enums import CheckStage, ParcelState
from openzone.zone.land.models import Delivery, DeliveryPart, Parcel, StandardLand
from openzone.zone.land.selectors.deliveries import Progress, parts_of, progress
from openzone.zone.land.selectors.standards import loaded
from openzone.zone.land.services import checks, deliveries, parcels, sales, standards, states
from openzone.zone.people.enums import KeyArea
from openzone.zone.projects.selectors.listing import visible as visible_projects

desk = Desk(KeyArea.LAND)
Given = dict[str, Any]
Do = Callable[[Given, Parcel, Given], object]
NO_STATE = Text("没有这种状态", "there is no such state")
NO_STAGE = Text("没有这种核验", "there is no such check")


@desk.read("/land/parcels", Text("地块列表", "List parcels"), shapes.ParcelPart)
def listed(asked: Asked, state: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """The parcels the caller may see, the latest first."""
    require(may.may_list(asked.user, asked.on))
    if state and state not in ParcelState.values:
        raise Refused(NO_STATE, field="state")
    rows = may.visible(asked.user, asked.on).select_related("unit")
    return latest(rows.filter(state=state) if state else rows, after, limit)


@desk.read("/land/parcels/{pk}", Text("地块详情", "One parcel"), shapes.ParcelDetail,
           tag=lambda row: str(row.last_seq))  # fmt: skip
def get(asked: Asked, pk: Id) -> Any:
    """A parcel, what happened to it, its offers, contracts and projects."""
    return seen(asked, pk)


def seen(asked: Asked, pk: int) -> Parcel:
    """Return a parcel the caller may read; any other is not there."""
    found = get_object_or_404(Parcel.objects.select_related("unit"), pk=pk)
    hide(may.may_see(asked.user, found, asked.on))
    return found


def kept(asked: Asked, pk: int) -> Parcel:
    """Return a parcel the caller writes into."""
    found = seen(asked, pk)
    require(may.may_keep(asked.user, found, asked.on))
    return found


@desk.act("/land/parcels", Text("登记地块", "Record a parcel"), page.NewParcelForm,
          shapes.ParcelDetail, status=201)  # fmt: skip
def create(asked: Asked, sent: Sent) -> Any:
    """Bring a parcel into the record; its area in mu unless `area_unit` says ha or m2."""
    require(may.may_open(asked.user, asked.on))
    form = sent.form()
    number = form.cleaned_data["number"]
    return parcels.create_parcel(**of(asked, "now"), number=number, **form.described())


@desk.act("/land/parcels/{pk}/describe", Text("编辑地块", "Describe a parcel"),
          page.ParcelFields, shapes.ParcelDetail)  # fmt: skip
def describe(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Describe a parcel anew; its planning conditions have an address of their own."""
    found, given = kept(asked, pk), sent.form().described()
    given.pop("conditions")
    return parcels.change_parcel(**of(asked), parcel=found, **given)


@desk.act("/land/parcels/{pk}/conditions", Text("规划条件", "Planning conditions"),
          shapes.ConditionsIn, shapes.ParcelDetail)  # fmt: skip
def conditions(asked: Asked, sent: shapes.ConditionsIn, pk: Id) -> Any:
    """State the planning conditions of a parcel as a whole."""
    return parcels.change_parcel(
        **of(asked), parcel=kept(asked, pk), conditions=dict(sent.conditions),
        conditions_text=sent.conditions_text,
    )  # fmt: skip


def act(
    what: str, summary: Text, form: type[django_forms.Form], *needs: str, step: bool = False
) -> Callable[[Do], Do]:
    """Register what a form of a parcel's page does: ``do(who, parcel, given)``.

    ``step``: it moves the parcel, and heeds the last step the program knew.
    """

    def register(do: Do) -> Do:
        def run(asked: Asked, sent: Sent, pk: Id) -> Any:
            found = kept(asked, pk)
            given = sent.given(found, visible_projects(asked.user, asked.on))
            if step:
                given["seen"] = last_seen(asked, given["seen"])
            do(of(asked, *needs), found, given)
            return seen(asked, pk)

        run.__name__, run.__doc__, run.__module__ = do.__name__, do.__doc__, do.__module__
        headers = [IF_MATCH] if step else []
        path = f"/land/parcels/{{pk}}/{what}"
        desk.act(path, summary, form, shapes.ParcelDetail, headers=headers)(run)
        return do

    return register


@act("enter", Text("登记状态", "Enter a state"), acts.EnterForm, *ALL, step=True)
def enter(who: Given, parcel: Parcel, given: Given) -> object:
    """Let the parcel come to a state; offers and sales have addresses of their own."""
    return states.enter_state(**who, parcel=parcel, **given)


@act("void", Text("撤回上一步", "Take the last step back"), acts.VoidForm, *ALL, step=True)
def void(who: Given, parcel: Parcel, given: Given) -> object:
    """Take the last step back as a mistake; it never counted."""
    return states.void_step(**who, parcel=parcel, **given)


@act("offer", Text("登记挂牌", "Offer a parcel"), acts.AnnounceForm, *ALL, step=True)
def offer(who: Given, parcel: Parcel, given: Given) -> object:
    """Offer the parcel; prices in units of `scale`."""
    return sales.announce(**who, parcel=parcel, **given)


@act("conclude", Text("挂牌结果", "End an offer"), acts.ConcludeForm, *ALL, step=True)
def conclude(who: Given, parcel: Parcel, given: Given) -> object:
    """End the open offer: sold, no bid, or withdrawn."""
    return sales.conclude(**who, **given)


@act("contract", Text("登记合同", "Record a contract"), acts.ContractForm, "today")
def contract(who: Given, parcel: Parcel, given: Given) -> object:
    """Record the contract of a parcel that is sold."""
    return sales.sign_contract(**who, parcel=parcel, **given)


@act("end-contract", Text("终止合同", "End a contract"), acts.EndContractForm, "today")
def end_contract(who: Given, parcel: Parcel, given: Given) -> object:
    """End the contract in force."""
    return sales.end_contract(**who, **given)


@act("site", Text("现场情况", "Report from the site"), acts.SiteForm, *ALL)
def site(who: Given, parcel: Parcel, given: Given) -> object:
    """Report what was seen of the work: begun, progress, stopped, resumed."""
    return sales.report_site(**who, **given)


@act("projects", Text("关联项目", "Put a project on a parcel"), acts.LinkForm)
def link(who: Given, parcel: Parcel, given: Given) -> object:
    """Let a project stand on a part of the parcel, or state its part anew."""
    floor = given.pop("floor")
    return parcels.link_project(**who, parcel=parcel, floor_m2=floor, **given)


@act("unlink", Text("取消关联", "Take a project off a parcel"), acts.UnlinkForm)
def unlink(who: Given, parcel: Parcel, given: Given) -> object:
    """Say that a project does not stand on the parcel after all."""
    return parcels.unlink_project(**who, **given)


@desk.read("/land/deliveries", Text("净地交付任务", "Deliveries of net land"),
           list[shapes.DeliveryOut])  # fmt: skip
def list_deliveries(asked: Asked, state: Line = "") -> Any:
    """The deliveries the caller may see, the next due first.

    `state` is one of running, due_soon, late, done, done_late, given_up.
    """
    require(may.may_list(asked.user, asked.on))
    rows = progress(may.visible_deliveries(asked.user, asked.on), asked.on)
    return [_row(one) for one in rows if state in ("", one.state.value)]


@desk.read("/land/deliveries/{pk}", Text("净地交付任务详情", "One delivery"),
           shapes.DeliveryDetail)  # fmt: skip
def get_delivery(asked: Asked, pk: Id) -> Any:
    """A delivery with its parcels, what was handed over and what is in the way."""
    return _shown(asked, _delivery(asked, pk))


@desk.act("/land/deliveries", Text("下达净地交付任务", "Set a delivery"), work.DeliveryForm,
          shapes.DeliveryDetail, status=201)  # fmt: skip
def set_delivery(asked: Asked, sent: Sent) -> Any:
    """Set the task to hand over net land; `parts` has a parcel a line, its number and mu."""
    require(may.may_open(asked.user, asked.on))
    mine = visible_projects(asked.user, asked.on)
    given = sent.given(may.visible(asked.user, asked.on), mine)
    require(may.may_set_delivery(asked.user, given["unit"].pk, asked.on))
    return _shown(asked, deliveries.set_delivery(**of(asked, "now"), **given))


@desk.act("/land/deliveries/{pk}/move", Text("调整时限", "Move a delivery"), work.MoveDueForm,
          shapes.DeliveryDetail)  # fmt: skip
def move_delivery(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let a task be due on another day, with the reason."""
    found = _delivery_kept(asked, pk)
    return _shown(asked, deliveries.move_due(**of(asked), delivery=found, **sent.given()))


@desk.act("/land/deliveries/{pk}/end", Text("终止任务", "Give a delivery up"), work.GiveUpForm,
          shapes.DeliveryDetail)  # fmt: skip
def end_delivery(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give a task up; what was handed over stays."""
    found = _delivery_kept(asked, pk)
    return _shown(asked, deliveries.give_up(**of(asked), delivery=found, **sent.given()))


@desk.act("/land/parts/{pk}/hand-over", Text("登记交付", "Hand over land"), work.HandOverForm,
          shapes.DeliveryDetail)  # fmt: skip
def hand_over(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Hand over land of a parcel, with its record; without an area all that is left."""
    part = _part(asked, pk)
    deliveries.hand_over(**of(asked, *ALL), part=part, **filed(sent.given(part)))
    return _shown(asked, part.delivery)


@desk.act("/land/parts/{pk}/obstacles", Text("提交问题", "Raise an obstacle"), work.BlockForm,
          shapes.DeliveryDetail)  # fmt: skip
def raise_obstacle(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say what is in the way of a parcel: a case that who raised it closes out."""
    part, given = _part(asked, pk), sent.given()
    given["request_id"] = given["request_id"] or asked.once
    deliveries.block(**of(asked, *ALL), part=part, opener=opened, **given)
    return _shown(asked, part.delivery)


def _delivery(asked: Asked, pk: int) -> Delivery:
    found = get_object_or_404(Delivery.objects.select_related("unit", "project"), pk=pk)
    hide(may.may_see_delivery(asked.user, found, asked.on))
    return found


def _delivery_kept(asked: Asked, pk: int) -> Delivery:
    found = _delivery(asked, pk)
    require(may.may_keep_delivery(asked.user, found, asked.on))
    return found


def _part(asked: Asked, pk: int) -> DeliveryPart:
    found = get_object_or_404(DeliveryPart.objects.select_related("parcel__place"), pk=pk)
    found.delivery = _delivery_kept(asked, found.delivery_id)
    return found


def _row(one: Progress) -> dict[str, Any]:
    task = one.delivery
    return {
        "id": task.pk, "title": task.title, "unit": task.unit, "set_on": task.set_on,
        "due": task.due, "area_m2": one.area, "done_m2": one.done, "parcels": one.parcels,
        "parcels_done": one.parcels_done, "obstacles": one.obstacles, "done_on": one.done_on,
        "state": one.state.value,
    }  # fmt: skip


def _shown(asked: Asked, found: Delivery) -> dict[str, Any]:
    (row,) = progress(Delivery.objects.filter(pk=found.pk), asked.on)
    parts = [
        {
            "id": one.pk, "parcel": one.parcel.number, "area_m2": one.area_m2,
            "done_m2": one.done_m2, "done_on": one.done_on,
            "handovers": list(one.handovers.all()),
            "obstacles": [blocker.case for blocker in one.blockers.all()],
        }
        for one in parts_of(found)
    ]  # fmt: skip
    return {**_row(row), "parts": parts}


@desk.read("/land/standards", Text("标准地", "Standard land"), list[shapes.StandardOut])
def list_standards(asked: Asked, parcel: Line = "") -> Any:
    """The agreements of the parcels the caller may see, with promises and checks."""
    require(may.may_list(asked.user, asked.on))
    mine = may.visible(asked.user, asked.on)
    rows = StandardLand.objects.filter(parcel__in=mine.values("pk"))
    chosen = rows.filter(parcel__number=parcel) if parcel else rows
    return [shapes.standard(one, asked.on) for one in loaded(chosen)]


@desk.read("/land/standards/{pk}", Text("标准地监管协议", "One agreement of standard land"),
           shapes.StandardOut)  # fmt: skip
def get_standard(asked: Asked, pk: Id) -> Any:
    """Every promise with its light, every check with the cases that came of it."""
    return shapes.standard(_standard(asked, pk), asked.on)


@desk.act("/land/parcels/{pk}/standards", Text("起草监管协议", "Draft what is promised"),
          shapes.StandardIn, shapes.StandardOut, status=201)  # fmt: skip
def draft_standard(asked: Asked, sent: shapes.StandardIn, pk: Id) -> Any:
    """Draft what is promised with a parcel; none may fall short of the control indicators."""
    made = standards.draft_standard(**of(asked, "now"), parcel=kept(asked, pk), **sent.dict())
    return get_standard(asked, made.pk)


@desk.act("/land/standards/{pk}/promises", Text("修改承诺", "Change what is promised"),
          shapes.PromisesIn, shapes.StandardOut)  # fmt: skip
def promise_anew(asked: Asked, sent: shapes.PromisesIn, pk: Id) -> Any:
    """Change what a draft promises, as a whole."""
    found = _standard_kept(asked, pk)
    standards.promise_anew(**of(asked), standard=found, **sent.dict())
    return get_standard(asked, pk)


@desk.act("/land/standards/{pk}/sign", Text("签订监管协议", "Sign"), work.SignStandardForm,
          shapes.StandardOut)  # fmt: skip
def sign_standard(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Sign a draft with its paper; from then on its promises do not change."""
    found = _standard_kept(asked, pk)
    given = filed(sent.given(found))
    standards.sign_standard(**of(asked, "user", "today"), standard=found, **given)
    return get_standard(asked, pk)


@desk.act("/land/standards/{pk}/end", Text("终止监管协议", "End"), work.EndStandardForm,
          shapes.StandardOut)  # fmt: skip
def end_standard(asked: Asked, sent: Sent, pk: Id) -> Any:
    """End a signed agreement; nobody is warned of its checks any more."""
    found = _standard_kept(asked, pk)
    standards.end_standard(**of(asked, "today"), standard=found, **sent.given(found))
    return get_standard(asked, pk)


@desk.act("/land/standards/{pk}/discard", Text("删除草稿", "Discard a draft"), None,
          shapes.ParcelDetail)  # fmt: skip
def discard_standard(asked: Asked, sent: Any, pk: Id) -> Any:
    """Throw a draft away; its parcel is answered."""
    found = _standard_kept(asked, pk)
    parcel = found.parcel_id
    standards.discard_standard(**of(asked), standard=found)
    return seen(asked, parcel)


@desk.act("/land/standards/{pk}/checks", Text("登记核验", "Check what was promised"),
          shapes.CheckIn, shapes.StandardOut, status=201)  # fmt: skip
def check(asked: Asked, sent: shapes.CheckIn, pk: Id) -> Any:
    """Hold what was reached against what was promised; a miss becomes a case."""
    found = _standard(asked, pk)
    require(may.may_check(asked.user, found, asked.on))
    if sent.stage not in CheckStage.values:
        raise Refused(NO_STAGE, field="stage")
    checks.check_standard(
        **of(asked, *ALL), standard=found, stage=sent.stage, on=sent.on,
        figures=dict(sent.figures), remark=sent.remark, file_name=sent.file.name,
        data=content_of(sent.file),
    )  # fmt: skip
    return get_standard(asked, pk)


def _standard(asked: Asked, pk: int) -> StandardLand:
    found = get_object_or_404(loaded(StandardLand.objects.all()), pk=pk)
    hide(may.may_see(asked.user, found.parcel, asked.on))
    return found


def _standard_kept(asked: Asked, pk: int) -> StandardLand:
    found = _standard(asked, pk)
    require(may.may_keep(asked.user, found.parcel, asked.on))
    return found
