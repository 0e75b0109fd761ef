"""What every service of readings does: the fact, locked; how it stands; the line in the log."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.db.models import Count, Q
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.readings.enums import FactState, Said
from openzone.zone.readings.models import JudgedFact, Judgement, Page

DONE = Text(
    "已由{who}于{at}判定（{what}），请看最新判定后再操作",
    "already judged by {who} at {at} ({what}); look again, then decide",
)
ENTERED = Text(
    "该事实已进入档案，请在档案中更正",
    "this fact is in the record by now; correct it there",
)
NO_NUMBER = Text("“{given}”不是数字", "“{given}” is no number")
SAID = {
    Said.ACCEPT: Text("采纳", "accepted"),
    Said.REJECT: Text("不采纳", "rejected"),
    Said.CHANGE: Text("更正", "corrected"),
    Said.LINK: Text("关联", "linked"),
    Said.NOTE: Text("备注", "noted"),
    Said.UNDO: Text("撤销", "undone"),
}
LINKS = ("enterprise", "project", "document")
STATED = ("type", "subject", "attribute", "number", "text", "unit", "period")


def locked(judged: JudgedFact, seen: int | None) -> JudgedFact:
    """Lock a fact until the transaction ends; refuse one somebody judged since, or that went on.

    ``seen`` is the number of the last judgement the person saw, 0 for none, ``None`` for no matter.
    """
    fresh = (
        JudgedFact.objects.select_for_update(of=("self",))
        .select_related("fact", "page", "last__by")
        .get(pk=judged.pk)
    )
    if fresh.entered:
        raise Refused(ENTERED)
    if seen is not None and seen != (fresh.last_id or 0):
        raise Refused(done_by(fresh))
    return fresh


def done_by(fresh: JudgedFact) -> Text:
    """Say who judged a fact, when and how."""
    last = fresh.last
    if last is None:
        return DONE.format(who="—", at="—", what="—")
    at, what = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}", SAID[Said(last.said)]
    told = {"who": str(last.by), "at": at}
    return Text(DONE.zh.format(what=what.zh, **told), DONE.en.format(what=what.en, **told))


def derive(judged: JudgedFact) -> JudgedFact:
    """Derive how a fact stands from its judgements. The only place that writes it."""
    fact = judged.fact
    for name in STATED:
        setattr(judged, name, getattr(fact, name))
    judged.state, judged.changed, judged.note = FactState.OPEN, False, ""
    judged.enterprise_id = judged.project_id = judged.document_id = None
    everything = list(fact.judgements.all())
    undone = {one.undoes_id for one in everything}
    for one in everything:
        if one.pk not in undone and one.said != Said.UNDO:
            _apply(judged, one)
    judged.last = everything[-1] if everything else None
    judged.save()
    return judged


def _apply(judged: JudgedFact, one: Judgement) -> None:
    if one.said == Said.ACCEPT:
        judged.state = FactState.ACCEPTED
    elif one.said == Said.REJECT:
        judged.state = FactState.REJECTED
    elif one.said == Said.NOTE:
        judged.note = one.after[:300]
    elif one.said == Said.LINK:
        for name in LINKS:
            setattr(
                judged, f"{name}_id", int(one.after) if name == one.what and one.after else None
            )
    elif one.said == Said.CHANGE:
        _change(judged, one.what, one.after)
        judged.changed = True


def _change(judged: JudgedFact, what: str, after: str) -> None:
    if what != "value":
        setattr(judged, what, after)
    elif judged.fact.number is None:
        judged.text = after
    else:
        judged.number = decimal(after)


def decimal(given: str) -> Decimal:
    """Return a number as typed, or refuse."""
    try:
        number = Decimal(given.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 22:
        raise Refused(NO_NUMBER.format(given=given), field="value")
    return round(number, 6)


def count(page: Page) -> None:
    """Derive how many facts of a page there are, were judged, went on. Names are not counted."""
    Page.objects.select_for_update().get(pk=page.pk)  # of two who judge, the second counts both
    rows = JudgedFact.objects.filter(page=page, fact__names=False)
    found = rows.aggregate(
        all=Count("pk"),
        judged=Count("pk", filter=~Q(state=FactState.OPEN)),
        entered=Count("pk", filter=Q(entered=True)),
    )
    page.facts_found, page.facts_judged = found["all"], found["judged"]
    page.facts_entered = found["entered"]
    page.save(update_fields=["facts_found", "facts_judged", "facts_entered"])


def say_judgement(
    judged: JudgedFact, said: Said, *, by: User, at: dt.datetime, what: str = "",
    before: str = "", after: str = "", reason: str = "", undoes: Judgement | None = None,
) -> JudgedFact:  # fmt: skip
    """Append a judgement to a locked fact and derive how it stands."""
    Judgement.objects.create(
        fact_id=judged.pk, said=said, what=what, before=before[:500], after=after[:500],
        reason=reason.strip()[:300], undoes=undoes, by=by, at=at,
    )  # fmt: skip
    derive(judged)
    count(judged.page)
    return judged


def note(action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Write the line in the log."""
    record(f"readings.{action}", actor=actor, subject=subject, payload=dict(payload))
