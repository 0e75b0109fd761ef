"""Choosing the chains the zone works on, and the chain head (链长) of each."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.chains.models import ChainFocus
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User

MOVED = Text(
    "已由{who}于{at}改过，请刷新后再操作", "already done by {who} at {at}; reload and look again"
)
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
TOO_EARLY = Text("应晚于现任开始的 {day}", "after {day}, when the present head began")
ENDED = Text("该链已于 {day} 停止", "this chain ended on {day}")


@transaction.atomic
def choose_chain(
    *, actor: Actor, user: User, chain: str, head: str, unit: Unit, on: dt.date, now: dt.datetime,
    force: str = "", person: User | None = None, document: str = "", seen: int | None = None,
    synthetic: bool = False,
) -> ChainFocus:  # fmt: skip
    """Work on a chain from a day on, under a head; whoever was head before ends on that day.

    ``seen`` is the row the person saw in force (0: none): where there is another, the loser is told
    who was first.

    Raises:
        Refused: the day is to come or not after the present head's first.

    """
    before = _current(chain)
    _ensure_seen(before, seen)
    _ensure_come(on, now)
    if before is not None:
        _end(before, on, user)
    made = ChainFocus(
        chain=chain, head=head.strip(), unit=unit, force=force.strip(), person=person,
        document=document.strip(), valid_from=on, recorded_by=user, recorded_at=now,
        synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    record(
        "chains.focus.chosen", actor=actor, subject=f"chain:{chain}",
        payload={"head": made.head, "unit": unit.code, "from": str(on)},
    )  # fmt: skip
    return made


@transaction.atomic
def drop_chain(
    *, actor: Actor, user: User, focus: ChainFocus, on: dt.date, now: dt.datetime
) -> ChainFocus:
    """Work on a chain no longer, from a day on."""
    fresh = ChainFocus.objects.select_for_update().get(pk=focus.pk)
    if fresh.valid_to is not None:
        raise Refused(ENDED.format(day=fresh.valid_to))
    _ensure_come(on, now)
    _end(fresh, on, user)
    record(
        "chains.focus.ended", actor=actor, subject=f"chain:{fresh.chain}",
        payload={"head": fresh.head, "to": str(on)},
    )  # fmt: skip
    return fresh


def _current(chain: str) -> ChainFocus | None:
    rows = ChainFocus.objects.select_for_update().filter(chain=chain, valid_to=None)
    return rows.first()


def _ensure_seen(current: ChainFocus | None, seen: int | None) -> None:
    if seen is None or (current is None and seen == 0):
        return
    if current is None or current.pk != seen:
        last = current or ChainFocus.objects.filter(pk=seen).first()
        who = (last.ended_by or last.recorded_by) if last else "—"
        at = f"{to_local(last.recorded_at):%Y-%m-%d %H:%M}" if last else "—"
        raise Refused(MOVED.format(who=who, at=at))


def _ensure_come(on: dt.date, now: dt.datetime) -> None:
    if on > timezone.localdate(now):
        raise Refused(TO_COME.format(day=on), field="on")


def _end(row: ChainFocus, on: dt.date, user: User) -> None:
    if on <= row.valid_from:
        raise Refused(TOO_EARLY.format(day=row.valid_from), field="on")
    row.valid_to, row.ended_by = on, user
    row.save(update_fields=["valid_to", "ended_by"])
