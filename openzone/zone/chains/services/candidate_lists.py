"""Lists of outside firms: checked row by row, entered as a whole or not, taken back as a whole."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.chains.models import CandidateList
from openzone.zone.chains.selectors.residents import residents
from openzone.zone.chains.services.candidate_rows import VOCABULARY, Entering
from openzone.zone.errors import Refused, ensure_fields
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState

DONE: Final = Text(
    "已由{who}于{at}处理（{state}）", "already dealt with by {who} at {at} ({state})"
)
ONLY_APPLIED: Final = Text("只有已录入的名单可以撤销", "only a list that was entered can be undone")


@transaction.atomic
def check_list(
    *, actor: Actor, name: str, source: str, as_of: dt.date, file_name: str, data: bytes,
    now: dt.datetime, user: User | None = None, synthetic: bool = False,
) -> CandidateList:  # fmt: skip
    """Keep a list and say row by row what would be entered; nothing is entered yet.

    Raises:
        Refused: where the file as a whole cannot be read, or is from a day to come.

    """
    if as_of > timezone.localdate(now):
        raise Refused(Text("名单日期还没有到", "the day of the list has not come"), field="as_of")
    reading = rowwise.read(file_name, data, VOCABULARY, as_of)
    listing = CandidateList(
        name=name.strip(), source=source.strip(), as_of=as_of, uploaded_by=user, uploaded_at=now,
        file_name=workbooks.short(file_name), synthetic=synthetic,
    )  # fmt: skip
    ensure_fields(listing, ("name", "source"))
    workbooks.keep(listing, data)
    listing.save()
    entering = Entering(listing, residents())
    checked = rowwise.check(reading, VOCABULARY, workbooks.stored, entering.enter)
    listing.rows, listing.problems = checked.rows, checked.problems
    listing.save(update_fields=["rows", "problems"])
    _note("checked", actor, listing)
    return listing


@transaction.atomic
def apply_list(*, actor: Actor, listing: CandidateList, now: dt.datetime) -> CandidateList:
    """Enter every good row; where one has become impossible, none."""
    current = _in_state(listing, SheetState.CHECKED)
    entering = Entering(current, residents())
    workbooks.enter_all(current, entering.enter)
    return _decided(current, SheetState.APPLIED, actor, now)


@transaction.atomic
def discard_list(*, actor: Actor, listing: CandidateList, now: dt.datetime) -> CandidateList:
    """Put a checked list aside for good."""
    return _decided(_in_state(listing, SheetState.CHECKED), SheetState.DISCARDED, actor, now)


@transaction.atomic
def undo_list(*, actor: Actor, listing: CandidateList, now: dt.datetime) -> CandidateList:
    """Take an entered list back: its firms rank no more. Leads made of them stay leads."""
    return _decided(_in_state(listing, SheetState.APPLIED), SheetState.UNDONE, actor, now)


def _in_state(listing: CandidateList, state: SheetState) -> CandidateList:
    current = CandidateList.objects.select_for_update().get(pk=listing.pk)
    if current.state == state:
        return current
    if current.decided_at is None:
        raise Refused(ONLY_APPLIED)
    told = {
        "who": current.decided_by,
        "at": f"{timezone.localtime(current.decided_at):%Y-%m-%d %H:%M}",
        "state": str(current.get_state_display()),
    }
    raise Refused(DONE.format(**told))


def _decided(
    listing: CandidateList, state: SheetState, actor: Actor, now: dt.datetime
) -> CandidateList:
    listing.state, listing.decided_by, listing.decided_at = state, actor.label[:150], now
    listing.save(update_fields=["state", "decided_by", "decided_at"])
    _note(state.value, actor, listing)
    return listing


def _note(what: str, actor: Actor, listing: CandidateList) -> None:
    payload: dict[str, Any] = {
        "file": listing.file_name, "rows": len(listing.rows), "problems": len(listing.problems),
    }  # fmt: skip
    record(
        f"chains.candidates.{what}", actor=actor, subject=f"candidate_list:{listing.pk}",
        payload=payload,
    )  # fmt: skip
