"""One action on many cases: looked at first, then done one by one in the background."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import FieldProblem, InvalidError, require
from openzone.www.api.paging import After, Limit, Part, latest, part
from openzone.www.api.sent import Asked, query, through
from openzone.www.api.shapes.common import CaseRef, Words
from openzone.www.api.values import Data, Id, Line
from openzone.www.forms.actions import ActionForm
from openzone.www.forms.casefields import PREFIX
from openzone.zone.cases.enums import BatchRowState, BatchState
from openzone.zone.cases.jobs import check_batch, do_batch
from openzone.zone.cases.models import Batch
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.batches import BULK, NO_SUCH, action_for, rows_seen, tally
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services import batches as services
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.permissions import may_see_console

desk = Desk(KeyArea.CASES)
NO_CASE = Text("没有这个编号", "there is no case with this number")


class TallyOut(Schema):
    """How many cases stand how."""

    waiting: int
    may: int
    may_not: int
    done: int
    refused: int


class BatchOut(Schema):
    """An action on many cases: `checking`, `ready`, `running`, then how it ended."""

    id: int
    verb: str
    label: Words
    state: str
    tally: TallyOut
    asked_at: dt.datetime
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None

    @staticmethod
    def resolve_label(row: Batch) -> Words:
        """Return what the action is called."""
        return Words.of(BULK[row.verb])

    @staticmethod
    def resolve_tally(row: Batch) -> Any:
        """Return the counts."""
        return tally(row)._asdict()


class BatchPart(Part):
    """A part of the actions on many cases."""

    items: list[BatchOut]


class BatchRowOut(Schema):
    """One case of it: whether it may, why not, and what came of it."""

    id: int
    case: CaseRef
    state: str
    reason: Words | None
    answered_at: dt.datetime | None

    @staticmethod
    def resolve_reason(row: Any) -> Words | None:
        """Return why not."""
        return Words.of(row.reason) if row.reason else None


class BatchRowPart(Part):
    """A part of the cases of an action on many."""

    items: list[BatchRowOut]


class ManyIn(Body):
    """What is done with which cases, by their numbers."""

    verb: Line = Field(json_schema_extra={"enum": list[Any](BULK)})
    cases: list[Line]


class SaidIn(Body):
    """What is said once for all of them: the fields of the action's form."""

    data: Data = {}


@desk.read("/batches", Text("批量办理", "Actions on many cases"), BatchPart)
def list_batches(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """What the caller had done with many cases, the latest first."""
    require(may_see_console(asked.user, asked.on))
    return latest(Batch.objects.filter(asked_by=asked.user), after, limit)


@desk.act("/batches", Text("发起批量办理", "Ask for many"), ManyIn, BatchOut, status=201)
def ask_for_many(asked: Asked, sent: ManyIn) -> Any:
    """Look at each case, whether it can be done; nothing is done before `begin`."""
    require(may_see_console(asked.user, asked.on))
    if sent.verb not in BULK:
        raise Refused(NO_SUCH, field="verb")
    if not sent.cases:
        raise Refused(services.NOTHING, field="cases")
    with transaction.atomic():
        batch = services.open_batch(
            actor=asked.actor, user=asked.user, verb=sent.verb, cases=_chosen(asked, sent.cases),
            now=asked.now,
        )  # fmt: skip
        enqueue_once(check_batch, _key(batch, "check"), batch=batch.pk)
    return batch


@desk.read("/batches/{pk}", Text("批次进度", "How far it is"), BatchOut)
def get_batch(asked: Asked, pk: Id) -> Any:
    """With how many it can be done, or was."""
    return _own(asked, pk)


@desk.read("/batches/{pk}/cases", Text("批次明细", "Case by case"), BatchRowPart)
def batch_cases(asked: Asked, pk: Id, state: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """Every case with why not, or what came of it; in the order they are done."""
    if state and state not in BatchRowState.values:
        raise Refused(Text("没有这种状态", "there is no such state"), field="state")
    rows = rows_seen(_own(asked, pk), asked.user, asked.on).filter(pk__gt=after)
    chosen = rows.filter(state=state) if state else rows
    return part(list(chosen[: limit + 1]), limit, lambda row: int(row.pk))


@desk.act("/batches/{pk}/begin", Text("开始批量办理", "Have it done"), SaidIn, BatchOut)
def begin_batch(asked: Asked, sent: SaidIn, pk: Id) -> Any:
    """Do it with every case it can be done with, one by one, in the background."""
    batch = _own(asked, pk)
    said = _said(asked, batch, sent.data)
    with transaction.atomic():
        begun = services.begin_batch(
            actor=asked.actor, user=asked.user, batch=batch, said=said, now=asked.now
        )
        enqueue_once(do_batch, _key(batch, "do"), batch=batch.pk)
    return begun


@desk.act("/batches/{pk}/end", Text("停止批量办理", "Stop it"), None, BatchOut)
def end_batch(asked: Asked, sent: Body, pk: Id) -> Any:
    """Stop what is under way (what is done stays done), or put aside what was only looked at."""
    batch = _own(asked, pk)
    running = batch.state == BatchState.RUNNING
    service = services.stop_batch if running else services.discard_batch
    return service(actor=asked.actor, user=asked.user, batch=batch, now=asked.now)


def _chosen(asked: Asked, numbers: list[str]) -> list[int]:
    """Return the cases in the order they were named; one that is not to be seen is not there."""
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers))
    if len(wanted) > settings.BULK_LIMIT:
        why = services.TOO_MANY.format(limit=settings.BULK_LIMIT, n=len(wanted))
        raise Refused(why, field="cases")
    rows = visible(asked.user, asked.on).filter(number__in=wanted)
    known: dict[str, int] = dict(rows.values_list("number", "pk"))
    if missing := [number for number in wanted if number not in known]:
        raise InvalidError([FieldProblem(f"cases.{number[:64]}", NO_CASE) for number in missing])
    return [known[number] for number in wanted]


def _own(asked: Asked, pk: int) -> Batch:
    require(may_see_console(asked.user, asked.on))
    return get_object_or_404(Batch, pk=pk, asked_by=asked.user)


def _said(asked: Asked, batch: Batch, data: dict[str, Any]) -> dict[str, Any]:
    """Return what is said, checked with the form of the first case: the verbs ask all the same."""
    rows = batch.rows.filter(state=BatchRowState.MAY).select_related("case__version")
    row = rows.first()
    action = action_for(row.case, batch.verb) if row is not None else None
    if batch.state != BatchState.READY or row is None or action is None:
        return {}  # the service says why it does not begin
    type_, known = type_of(row.case.version), action
    given = {PREFIX + name: _words(value) for name, value in data.items()}

    def made() -> ActionForm:
        form = ActionForm(known, type_, None, asked.on, query(given))
        if form.is_valid():
            form.data_of_event()
        return form

    if unknown := sorted(given.keys() - made().specs.keys()):
        why = Text("没有这一项", "is not known here")
        raise InvalidError([FieldProblem(_plain(name), why) for name in unknown])
    try:
        form: ActionForm = through(made)
    except InvalidError as error:
        named = [FieldProblem(_plain(one.field), one.reason) for one in error.problems]
        raise InvalidError(named) from None
    return form.data_of_event() or {}


def _plain(name: str) -> str:
    return f"data.{name.removeprefix(PREFIX)}"


def _words(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _key(batch: Batch, step: str) -> str:
    """Name the job as the page does, so that both ask for the same one."""
    return f"case-batch:{batch.pk}:{step}"
