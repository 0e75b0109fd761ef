"""Building approvals: ask for a track, hand in, review ahead, make opinions permits, trips."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.projects.permit_path import compare
from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent, query, through
from openzone.www.api.shapes import approvals as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Day, FileIn, Id, Line, content_of
from openzone.www.forms import approvals as page
from openzone.zone.approvals import permissions as may
from openzone.zone.approvals.enums import TrackState
from openzone.zone.approvals.models import Track, TrackItem
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors import statistics
from openzone.zone.approvals.selectors.standing import board
from openzone.zone.approvals.services import answering, intake, promising, tracks, trips
from openzone.zone.approvals.services.writing import Upload
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.projects.models import Project

desk = Desk(KeyArea.APPROVALS)
ROOT = "/approvals/tracks"
ITEMS = "/approvals/items"
ONE_OF = Text("请写明一件事或一个事项", "name a bundle or an item")


@desk.read("/approvals/paths", Text("审批路径", "Paths of approvals"), list[shapes.PathOut])
def list_paths(asked: Asked) -> Any:
    """The paths of the zone with their items in order, and the working days they take."""
    found = pack()
    return [
        shapes.PathOut(
            id=one.id, label=Words.of(one.label.text), items=list(one.items),
            bundles=[bundle.id for bundle in one.bundles],
            **{name: getattr(compare(found.graph(one)), name)
               for name in ("serial", "parallel", "after_land")},
        )
        for one in found.paths
    ]  # fmt: skip


@desk.read(ROOT, Text("审批清单", "Tracks"), shapes.TrackPart)
def list_tracks(
    asked: Asked, state: Line = "", path: Line = "", after: After = 0, limit: Limit = 50
) -> Any:
    """The tracks the caller may see: those of the zone's lists, and of enterprises of one's own."""
    if state and state not in TrackState.values:
        raise Refused(Text("没有这种状态", "there is no such state"), field="state")
    rows = may.visible(asked.user, asked.on) | may.own_tracks(asked.user, asked.on)
    chosen = {name: value for name, value in (("state", state), ("path", path)) if value}
    return latest(rows.filter(**chosen).distinct().select_related("parcel"), after, limit)


@desk.read(ROOT + "/{pk}", Text("一条审批", "One track"), shapes.TrackDetail)
def get_track(asked: Asked, pk: Id) -> Any:
    """Every item with its state, clock and forecast; the goal and what decides it."""
    known = board(seen(asked, pk), asked.now)
    known.track.board = known  # type: ignore[attr-defined]
    return known.track


@desk.act(ROOT, Text("申请提前服务", "Ask for a track"), shapes.AskBody, shapes.TrackOut,
          status=201)  # fmt: skip
def ask_for_track(asked: Asked, sent: shapes.AskBody) -> Any:
    """Ask for a path of one's own will; an opinion given ahead is no permit."""
    project = get_object_or_404(Project, pk=sent.project)
    hide(may.may_ask(asked.user, project, asked.on))
    given = sent.dict()
    given.pop("project")
    data = {name: [str(value)] for name, value in given.items() if value not in (None, False, "")}
    form = through(lambda: page.AskForm(query(data)))
    return tracks.ask(**_by(asked), today=asked.on, project=project, **form.cleaned_data)


@desk.act(ROOT + "/{pk}/accept", Text("受理", "Take on"), page.AcceptForm, shapes.TrackOut)
def accept_track(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take a request on; its items go to the units that answer."""
    return tracks.accept(**_by(asked), track=_coordinated(asked, pk))


@desk.act(ROOT + "/{pk}/refuse", Text("不予受理", "Not taken on"), page.EndForm, shapes.TrackOut)
def refuse_track(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Do not take a request on, with the reason."""
    found = _coordinated(asked, pk)
    return tracks.refuse(**_by(asked), today=asked.on, track=found, **sent.given(found))


@desk.act(ROOT + "/{pk}/withdraw", Text("撤回申请", "Take back"), page.EndForm, shapes.TrackOut)
def withdraw_track(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take a request back: it was voluntary."""
    found = seen(asked, pk)
    require(may.may_withdraw(asked.user, found, asked.on))
    return tracks.withdraw(
        actor=asked.actor, user=asked.user, today=asked.on, track=found, **sent.given(found)
    )


@desk.act(ROOT + "/{pk}/expect", Text("预计取得土地", "When the land is expected"),
          page.ExpectForm, shapes.TrackOut)  # fmt: skip
def expect_the_land(asked: Asked, sent: Sent, pk: Id) -> Any:
    """State the day; forecasts rest on it."""
    found = _handed(asked, pk)
    return tracks.expect_land(actor=asked.actor, track=found, **sent.given(found))


@desk.act(ROOT + "/{pk}/land", Text("登记取得土地", "The land is obtained"), page.LandForm,
          shapes.ProofOut, status=201)  # fmt: skip
def obtain_the_land(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Record contract and payment with their paper."""
    found = _coordinated(asked, pk)
    return tracks.obtain_land(**_by(asked), today=asked.on, track=found, **sent.given(found))


@desk.act(ROOT + "/{pk}/lost", Text("未取得土地", "The land went elsewhere"), page.LostForm,
          shapes.TrackOut)  # fmt: skip
def lose_the_land(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Every opinion lapses, and nobody owes anything."""
    found = _coordinated(asked, pk)
    return tracks.lose_land(**_by(asked), today=asked.on, track=found, **sent.given(found))


@desk.act(ROOT + "/{pk}/hand-in", Text("提交", "Hand in"), shapes.HandInBody, shapes.IntakeOut,
          status=201)  # fmt: skip
def hand_in_items(asked: Asked, sent: shapes.HandInBody, pk: Id) -> Any:
    """Hand in a bundle by one form, or one item; each paper comes once."""
    found = _handed(asked, pk)
    given: dict[str, Any] = {
        **_by(asked), "track": found, "today": asked.on, "files": _uploads(sent.papers),
        "promises": sent.promises,
    }  # fmt: skip
    if bool(sent.bundle) == bool(sent.item):
        raise Refused(ONE_OF, field="bundle")
    if sent.item:
        return intake.hand_in(item=sent.item, **given)
    return intake.hand_in_bundle(bundle=sent.bundle, answers=sent.answers, **given)


@desk.act(ROOT + "/{pk}/papers", Text("提交材料", "Give a paper"), page.PaperForm,
          shapes.TrackPaperOut, status=201)  # fmt: skip
def give_a_paper(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give a paper, or a newer one: opinions that rest on the one before no longer hold."""
    found = _handed(asked, pk)
    return intake.give_paper(**_by(asked), track=found, **sent.given(found))


@desk.act(ROOT + "/{pk}/promises", Text("承诺补齐", "Promise for later"), page.PromiseForm,
          shapes.TrackPromiseOut, status=201)  # fmt: skip
def promise_for_later(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Promise a paper (`paper:ID`) or an item (`item:ID`) by a day."""
    found = _handed(asked, pk)
    return promising.promise(**_by(asked), today=asked.on, track=found, **sent.given(found))


@desk.act(ROOT + "/{pk}/trips", Text("登记跑动", "Record a trip"), page.TripForm, shapes.TripOut,
          status=201)  # fmt: skip
def record_a_trip(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Record that somebody had to come, for what and why."""
    found = _coordinated(asked, pk)
    return trips.record_trip(**_by(asked), today=asked.on, track=found, **sent.given(found))


@desk.read(ITEMS + "/{pk}/steps", Text("办理经过", "What happened to an item"),
           list[shapes.StepOut])  # fmt: skip
def item_steps(asked: Asked, pk: Id) -> Any:
    """Handed in, sent back, pre-reviewed, issued; the first first."""
    row = _item(asked, pk)
    return list(row.steps.select_related("by").order_by("pk"))


@desk.act(ITEMS + "/{pk}/back", Text("退回补正", "Send back"), page.BackForm, shapes.StepOut)
def send_item_back(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Send papers back once, with all that is to be mended; the clock stands still."""
    return answering.send_back(**_by(asked), item=_answered(asked, pk), **sent.given())


@desk.act(ITEMS + "/{pk}/review", Text("出具预审意见", "Pre-review opinion"), page.OpinionForm,
          shapes.StepOut)  # fmt: skip
def review_item(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give an opinion (blue): no permit."""
    row = _answered(asked, pk)
    return answering.review_ahead(**_by(asked), today=asked.on, item=row, **sent.given())


@desk.act(ITEMS + "/{pk}/issue", Text("正式核发", "Issue"), page.IssueForm, shapes.StepOut)
def issue_item(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Issue (red); with an opinion only while it holds and the land is unchanged."""
    row = _answered(asked, pk)
    return answering.issue(**_by(asked), today=asked.on, item=row, **sent.given())


@desk.act(ITEMS + "/{pk}/assign", Text("分派", "Assign"), page.AssignForm, shapes.LineOut)
def assign_item(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give an item to the unit that answers it."""
    row = _item(asked, pk)
    require(may.may_coordinate(asked.user, row.track, asked.on))
    done = tracks.assign(actor=asked.actor, item=row, **sent.given())
    return shapes.line_of(board(done.track, asked.now).line(done.code))


@desk.read("/approvals/durations", Text("审批用时", "How long items took"),
           list[shapes.DurationOut])  # fmt: skip
def item_durations(asked: Asked, start: Day | None = None, end: Day | None = None) -> Any:
    """Median working days against promised ones, with the tracks behind; this year if unsaid."""
    require(may.may_list(asked.user, asked.on))
    first, last = statistics.year_to(asked.on)
    rows = may.visible(asked.user, asked.on)
    found = statistics.durations(rows, start or first, end or last)
    return [
        shapes.DurationOut(
            item=one.code, label=Words.of(one.label), kind=one.kind.value,
            answers=len(one.done), median=float(one.median), promised=float(one.promised),
            in_time=one.in_time, tracks=sorted({each.track.number for each in one.done}),
        )
        for one in statistics.by_item(found)
    ]  # fmt: skip


def seen(asked: Asked, pk: int) -> Track:
    """Return a track the caller may see; any other is not there."""
    found = get_object_or_404(Track.objects.select_related("project", "parcel"), pk=pk)
    hide(may.may_see(asked.user, found, asked.on))
    return found


def _by(asked: Asked) -> dict[str, Any]:
    return {"actor": asked.actor, "user": asked.user, "now": asked.now}


def _coordinated(asked: Asked, pk: int) -> Track:
    found = seen(asked, pk)
    require(may.may_coordinate(asked.user, found, asked.on))
    return found


def _handed(asked: Asked, pk: int) -> Track:
    found = seen(asked, pk)
    require(may.may_hand_in(asked.user, found, asked.on))
    return found


def _item(asked: Asked, pk: int) -> TrackItem:
    rows = TrackItem.objects.select_related("unit", "track__project", "track__parcel")
    row = get_object_or_404(rows, pk=pk)
    hide(may.may_see(asked.user, row.track, asked.on))
    return row


def _answered(asked: Asked, pk: int) -> TrackItem:
    row = _item(asked, pk)
    require(may.may_answer(asked.user, row, asked.on))
    return row


def _uploads(papers: list[FileIn]) -> Mapping[str, Upload]:
    return {one.field: Upload(one.name, content_of(one)) for one in papers}
