"""Investors and their people, those that are one, and the roster of advisers."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import promotion as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id, Line
from openzone.www.forms import promotion_acts as page
from openzone.zone.people.enums import KeyArea
from openzone.zone.promotion.models import Adviser, Contact, Investor, InvestorMerge, Lead
from openzone.zone.promotion.permissions import (
    may_keep_roster,
    may_list,
    may_reach,
    may_record,
    may_see_people,
    may_tidy,
)
from openzone.zone.promotion.selectors.advisers import loads, roster
from openzone.zone.promotion.selectors.alike import (
    alike_investors,
    keys_of,
    leads_of,
    who_has,
)
from openzone.zone.promotion.selectors.people import contacts_of
from openzone.zone.promotion.services import advisers, contacts, investors, merging

desk = Desk(KeyArea.PROMOTION)
ROOT = "/promotion/investors"


@desk.read(ROOT, Text("投资方", "Investors"), shapes.InvestorPart)
def list_investors(asked: Asked, text: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """Investors on record; `text` is part of a name."""
    require(may_list(asked.user, asked.on))
    found = Investor.objects.filter(merged_into=None, name__icontains=text)
    return latest(found, after, limit)


@desk.read(ROOT + "/alike", Text("相似的投资方", "Investors alike"), list[shapes.AlikeOut])
def alike(asked: Asked, name: Line, group: Line = "", uscc: Line = "") -> Any:
    """Who on record may be an investor, why, and who has it: to be asked before recording one."""
    require(may_list(asked.user, asked.on))
    found = alike_investors(keys_of(name, group, uscc))
    return [
        {
            "investor": one.investor, "why": [str(why) for why in one.likeness.why],
            "other_code": one.likeness.other_code, "leads": _held(one.leads),
        }
        for one in found
    ]  # fmt: skip


@desk.read(ROOT + "/{pk}", Text("投资方详情", "One investor"), shapes.InvestorDetail)
def get_investor(asked: Asked, pk: Id) -> Any:
    """An investor with its leads and who has them; its people to who may see them."""
    return _shown(asked, _known(asked, pk))


class DescribedIn(Body):
    """Who an investor is."""

    name: Line
    uscc: Line = ""
    group: Line = ""
    country: Line = ""
    region: Line = ""
    origin: Line = ""
    business: Line = ""


class InvestorIn(DescribedIn):
    """A new investor. ``sure``: it was compared with those alike and is another one."""

    sure: bool = False


@desk.act(ROOT, Text("登记投资方", "Record an investor"), InvestorIn, shapes.InvestorDetail,
          status=201)  # fmt: skip
def record_investor(asked: Asked, sent: InvestorIn) -> Any:
    """Record an investor; one with the same credit code is refused with who has it."""
    require(may_record(asked.user, asked.on))
    return _shown(asked, investors.record_investor(**of(asked, "now", "user"), **sent.dict()))


@desk.act(ROOT + "/{pk}/change", Text("修改投资方", "Describe an investor anew"), DescribedIn,
          shapes.InvestorDetail)  # fmt: skip
def change_investor(asked: Asked, sent: DescribedIn, pk: Id) -> Any:
    """Describe an investor anew, as a whole: what is not sent is emptied."""
    found = _kept(asked, pk)
    return _shown(
        asked, investors.change_investor(actor=asked.actor, investor=found, **sent.dict())
    )


@desk.act(ROOT + "/{pk}/contacts", Text("添加联系人", "Add a contact"), page.ContactForm,
          shapes.ContactOut, status=201)  # fmt: skip
def add(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add a person of an investor; numbers need the day and way of consent."""
    found = _kept(asked, pk)
    return contacts.add_contact(**of(asked, "now", "user"), investor=found, **sent.given())


@desk.act("/promotion/contacts/{pk}/renew", Text("更新联系方式", "How to reach a contact"),
          page.RenewForm, shapes.ContactOut)  # fmt: skip
def renew(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write down how a person can be reached now, and the consent it rests on."""
    return contacts.renew_contact(**of(asked, "now"), contact=_person(asked, pk), **sent.given())


@desk.act("/promotion/contacts/{pk}/withdraw", Text("撤回同意", "Consent is withdrawn"),
          page.WithdrawForm, shapes.ContactOut)  # fmt: skip
def withdraw(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Note that a person wants to hear nothing more; the numbers are erased."""
    found = _person(asked, pk)
    return contacts.withdraw_consent(**of(asked, "now"), contact=found, **sent.given())


@desk.act("/promotion/contacts/{pk}/reveal", Text("查看联系方式", "Look at the numbers"), None,
          shapes.NumbersOut)  # fmt: skip
def reveal(asked: Asked, sent: Any, pk: Id) -> Any:
    """Return how a person can be reached; the look is logged."""
    require(may_list(asked.user, asked.on))
    found = get_object_or_404(Contact.objects.select_related("investor__root"), pk=pk)
    require(may_reach(asked.user, found, asked.on))
    return contacts.reveal_numbers(actor=asked.actor, contact=found)._asdict()


class MergeIn(Body):
    """The investor that is read as this one from now on."""

    other: Id
    reason: Line


class UndoIn(Body):
    """Why a merge is undone."""

    reason: Line


@desk.act(ROOT + "/{pk}/merge", Text("合并投资方", "Merge investors"), MergeIn, shapes.MergeOut,
          status=201)  # fmt: skip
def merge(asked: Asked, sent: MergeIn, pk: Id) -> Any:
    """Read another investor as this one; nothing moves, so that undoing is exact."""
    require(may_tidy(asked.user, asked.on))
    return merging.merge_investors(
        **of(asked, "now", "user"), survivor=get_object_or_404(Investor, pk=pk),
        absorbed=get_object_or_404(Investor, pk=sent.other), reason=sent.reason,
    )  # fmt: skip


@desk.act("/promotion/merges/{pk}/undo", Text("撤销合并", "Undo a merge of investors"), UndoIn,
          shapes.MergeOut)  # fmt: skip
def unmerge(asked: Asked, sent: UndoIn, pk: Id) -> Any:
    """Let both investors stand on their own again."""
    require(may_tidy(asked.user, asked.on))
    found = get_object_or_404(InvestorMerge.objects.select_related("survivor", "absorbed"), pk=pk)
    return merging.undo_investor_merge(**of(asked, "now"), merge=found, reason=sent.reason)


@desk.read("/promotion/advisers", Text("招商顾问名册", "Roster of advisers"), list[shapes.LoadOut])
def list_advisers(asked: Asked) -> Any:
    """The roster of today with everybody's load and credit."""
    require(may_list(asked.user, asked.on))
    return loads(roster(asked.on), asked.on)


@desk.act("/promotion/advisers", Text("列入名册", "Put on the roster"), page.AdviserForm,
          shapes.AdviserOut, status=201)  # fmt: skip
def join(asked: Asked, sent: Sent) -> Any:
    """Put somebody on the roster of advisers."""
    require(may_keep_roster(asked.user, asked.on))
    return advisers.join_roster(actor=asked.actor, **sent.given())


@desk.act("/promotion/advisers/{pk}/leave", Text("顾问离任", "Leave the roster"), page.LeaveForm,
          shapes.AdviserOut)  # fmt: skip
def leave(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take somebody off the roster; who still follows leads is not let go."""
    require(may_keep_roster(asked.user, asked.on))
    found = get_object_or_404(Adviser.objects.select_related("user"), pk=pk)
    return advisers.leave_roster(actor=asked.actor, adviser=found, **sent.given())


def _known(asked: Asked, pk: int) -> Investor:
    require(may_list(asked.user, asked.on))
    return get_object_or_404(Investor.objects.select_related("root"), pk=pk)


def _kept(asked: Asked, pk: int) -> Investor:
    found = _known(asked, pk)
    require(may_record(asked.user, asked.on))
    require(may_see_people(asked.user, found, asked.on))
    return found


def _person(asked: Asked, pk: int) -> Contact:
    require(may_record(asked.user, asked.on))
    found = get_object_or_404(Contact.objects.select_related("investor__root"), pk=pk)
    require(may_see_people(asked.user, found.investor, asked.on))
    return found


def _held(leads: Iterable[Lead]) -> list[dict[str, Any]]:
    return [
        {"id": one.pk, "number": one.number, "state": one.state, "who": Words.of(who_has(one))}
        for one in leads
    ]


def _shown(asked: Asked, investor: Investor) -> dict[str, Any]:
    names = ("id", "name", "uscc", "group", "country", "region", "origin", "business",
             "merged_into_id", "synthetic")  # fmt: skip
    leads = leads_of(investor).select_related("adviser", "unit").order_by("-pk")
    may = may_see_people(asked.user, investor, asked.on).allowed
    return {
        **{name: getattr(investor, name) for name in names},
        "leads": _held(leads),
        "contacts": contacts_of(investor) if may else None,
    }
