"""What the unit of an item answers: sent back, pre-reviewed (blue), issued (red)."""

import datetime as dt

from django.db import transaction

from openzone.engines.projects.permits import Item, PermitState, may_issue, may_review
from openzone.engines.text import Text
from openzone.zone.approvals.enums import PromiseKind, StepKind, TrackState
from openzone.zone.approvals.models import Step, Track, TrackItem
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.standing import Board, Line, board, names_of
from openzone.zone.approvals.services.telling import tell_answered, tell_state
from openzone.zone.approvals.services.writing import Upload, ensure_first, keep, note, running
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

NOT_HANDED_IN = Text("企业尚未提交材料", "nothing was handed in yet")
SENT_BACK = Text("已退回企业补正，等待重新提交", "it was sent back and waits for the applicant")
AGAIN_FIRST = Text(
    "预审意见已失效，请企业重新提交后再审",
    "the opinion no longer holds: the enterprise hands in anew first",
)
HOLDS = Text("已有有效的预审意见", "there is an opinion that holds")
WHY = Text("请一次性告知需要补正的内容", "tell at once all that is to be mended")
STILL_OWED = Text(
    "承诺补正的材料未交齐：{papers}；容缺受理须补齐后才能作出决定",
    "papers promised for later have not come: {papers}; the decision waits for them",
)
PROMISE_FIRST = Text(
    "“{zh}”尚未办结：须先由企业告知承诺完成日期",
    "“{en}” is not issued: the enterprise promises its day first",
)
_EVENTS = {
    StepKind.RETURNED: "item_returned",
    StepKind.REVIEWED: "item_reviewed",
    StepKind.ISSUED: "item_issued",
}
OVERDUE = Text("承诺已逾期（{day}），不能据以办理", "the promise is overdue ({day})")


@transaction.atomic
def send_back(
    *, actor: Actor, item: TrackItem, reason: str, user: User, now: dt.datetime,
    seen: int | None = None,
) -> Step:  # fmt: skip
    """Send papers back once, with everything that is to be mended; the clock stands still."""
    fresh, line, _found = _begun(item, StepKind.RETURNED, seen, now)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    made = Step(item=line.item, kind=StepKind.RETURNED, text=reason.strip(), by=user, at=now)
    return _written(actor, fresh, made, None, {"reason": reason.strip()})


@transaction.atomic
def review_ahead(
    *, actor: Actor, item: TrackItem, text: str, user: User, now: dt.datetime, today: dt.date,
    number: str = "", file: Upload | None = None, seen: int | None = None,
) -> Step:  # fmt: skip
    """Give a pre-review opinion (blue): no permit, good for so many days, for this land."""
    fresh, line, found = _begun(item, StepKind.REVIEWED, seen, now)
    if (reason := may_review(_engine(found, item), found.walk)) is not None:
        raise Refused(reason)
    if line.last is not None and line.last.kind == StepKind.REVIEWED:
        raise Refused(HOLDS if line.state is PermitState.BLUE else AGAIN_FIRST)
    until = today + dt.timedelta(days=pack().opinion.valid_days)
    basis = {code: found.given[code].sha256 for code in line.item.papers if code in found.given}
    count = line.item.steps.filter(kind=StepKind.REVIEWED).count() + 1
    made = Step(
        item=line.item, kind=StepKind.REVIEWED, text=text.strip(), until=until,
        number=number.strip() or f"{fresh.number}-{line.item.position + 1:02}-Y{count}",
        land=found.walk.land, basis=basis, by=user, at=now,
    )  # fmt: skip
    return _written(actor, fresh, made, file, {"until": until.isoformat()})


@transaction.atomic
def issue(
    *, actor: Actor, item: TrackItem, number: str, user: User, now: dt.datetime, today: dt.date,
    file: Upload | None = None, seen: int | None = None,
) -> Step:  # fmt: skip
    """Issue an item (red): from an opinion that still holds, or in the ordinary way.

    Raises:
        Refused: with who issued it already; with what is missing of land, papers, earlier items;
            with why an opinion no longer holds and that it is to be reviewed anew.

    """
    fresh = running(item.track)
    ensure_first(item, StepKind.ISSUED, seen)
    found = board(fresh, now)
    line = found.line(item.code)
    reason = may_issue(_engine(found, item), found.walk, found.labels, today)
    if reason is not None:
        raise Refused(reason)
    if line.filed is None:
        raise Refused(NOT_HANDED_IN)
    if line.filed.returned:
        raise Refused(SENT_BACK)
    _ensure_complete(found, line, today)
    made = Step(
        item=line.item, permit=line.item, kind=StepKind.ISSUED, number=number.strip(), by=user,
        at=now,
    )  # fmt: skip
    _written(actor, fresh, made, file, {"number": made.number, "opinion": item.code in
             found.walk.blue})  # fmt: skip
    _finish(actor, fresh, today, user, now)
    return made


def _begun(
    item: TrackItem, kind: StepKind, seen: int | None, now: dt.datetime
) -> tuple[Track, Line, Board]:
    fresh = running(item.track)
    ensure_first(item, kind, seen)
    found = board(fresh, now)
    line = found.line(item.code)
    if line.filed is None:
        raise Refused(NOT_HANDED_IN)
    if line.filed.returned:
        raise Refused(SENT_BACK)
    return fresh, line, found


def _engine(found: Board, item: TrackItem) -> Item:
    return next(one for one in found.items if one.id == item.code)


def _ensure_complete(found: Board, line: Line, today: dt.date) -> None:
    if line.missing:
        papers = names_of(line.missing)
        raise Refused(
            Text(STILL_OWED.zh.format(papers=papers.zh), STILL_OWED.en.format(papers=papers.en))
        )
    if not line.item.committed:
        return
    for code in line.item.after:
        if code not in found.walk.red:
            _ensure_promised(found, code, today)


def _ensure_promised(found: Board, code: str, today: dt.date) -> None:
    """Hold that what should come first is promised and not overdue."""
    promise = found.promised.get((str(PromiseKind.ITEM), code))
    if promise is None:
        label = found.labels[code]
        raise Refused(
            Text(PROMISE_FIRST.zh.format(zh=label.zh), PROMISE_FIRST.en.format(en=label.en))
        )
    if promise.until < today:
        raise Refused(OVERDUE.format(day=promise.until))


def _written(
    actor: Actor, track: Track, made: Step, file: Upload | None, payload: dict[str, object]
) -> Step:
    if file is not None:
        keep(made, file)
    ensure_valid(made)
    made.save(force_insert=True)
    tell_answered(made, made.at)
    note(
        action=_EVENTS[StepKind(made.kind)], actor=actor, track=track,
        payload={"item": made.item.code, **payload},  # type: ignore[dict-item]
    )  # fmt: skip
    return made


def _finish(actor: Actor, track: Track, today: dt.date, user: User, now: dt.datetime) -> None:
    """Close a track whose last item was issued."""
    issued = Step.objects.filter(item__track=track, kind=StepKind.ISSUED).count()
    if issued < track.items.count():
        return
    track.state, track.ended_on, track.ended_by = TrackState.FINISHED, today, user
    track.save(update_fields=["state", "ended_on", "ended_by"])
    tell_state(track, user, now)
    note(action="finished", actor=actor, track=track, payload={})
