"""Batches of figures: entered, checked, submitted, sent back, approved by somebody else."""

from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import Limit
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import figures as shapes
from openzone.www.api.values import Id, Line
from openzone.www.forms import indicators as page
from openzone.zone.errors import Refused
from openzone.zone.indicators import permissions
from openzone.zone.indicators.enums import BatchKind
from openzone.zone.indicators.models import Batch
from openzone.zone.indicators.selectors.batches import batches
from openzone.zone.indicators.services import figures as services
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.FIGURES)
Given = dict[str, Any]
NO_SUBJECT = Text("没有统计对象 {pk}", "there is no subject {pk}")


class RowIn(Body):
    """A figure in the words of its document; columns as in docs/series.md."""

    entity: Id
    given: dict[str, Line]


class RowsIn(Body):
    """The rows that take the place of those of an open batch."""

    rows: list[RowIn]


class BatchIn(Body):
    """A batch, and where its figures come from."""

    title: Line
    document: Line
    rows: list[RowIn]


class SubmitIn(Body):
    """What is said of rows that were asked about, by their number."""

    explanations: dict[int, Line] = {}


@desk.read("/figures/batches", Text("数据批次", "Batches"), list[shapes.BatchOut])
def list_batches(asked: Asked, state: Line = "", limit: Limit = 50) -> Any:
    """Batches the caller may read, what waits for approval first."""
    require(permissions.may_work(asked.user, asked.on))
    found = batches(asked.user, asked.on, state)
    return [_batch(one) for one in found.prefetch_related("rows", "steps", "figures")[:limit]]


@desk.act("/figures/batches", Text("录入一批数据", "Enter a batch"), BatchIn, shapes.BatchOut,
          status=201)  # fmt: skip
def enter(asked: Asked, sent: BatchIn) -> Any:
    """Enter a batch and check its rows; nothing is on record before somebody else approves."""
    require(permissions.may_enter(asked.user, asked.on))
    made = services.enter_batch(
        **of(asked, "now", "user"), kind=BatchKind.TABLE, title=sent.title,
        document=sent.document, rows=_rows(asked, sent.rows),
    )  # fmt: skip
    return _batch(made)


@desk.read("/figures/batches/{pk}", Text("批次详情", "One batch"), shapes.BatchOut)
def get_batch(asked: Asked, pk: Id) -> Any:
    """A batch with its rows and what is asked about them."""
    return _batch(_batch_of(asked, pk))


@desk.act("/figures/batches/{pk}/rows", Text("更正批次", "Replace the rows"), RowsIn,
          shapes.BatchOut)  # fmt: skip
def replace_rows(asked: Asked, sent: RowsIn, pk: Id) -> Any:
    """Put other rows in place of those of an open batch."""
    found = _batch_of(asked, pk)
    require(permissions.may_enter(asked.user, asked.on))
    rows = _rows(asked, sent.rows)
    return _batch(services.replace_rows(**of(asked, "now", "user"), batch=found, rows=rows))


@desk.act("/figures/batches/{pk}/submit", Text("提交审定", "Submit"), SubmitIn, shapes.BatchOut)
def submit_batch(asked: Asked, sent: SubmitIn, pk: Id) -> Any:
    """Submit a batch; rows that look wrong need an explanation."""
    found = _batch_of(asked, pk)
    require(permissions.may_enter(asked.user, asked.on))
    return _batch(services.submit_batch(
        **of(asked, "now", "user"), batch=found, explanations=sent.explanations
    ))  # fmt: skip


@desk.act("/figures/batches/{pk}/approve", Text("审定", "Approve"), None, shapes.BatchOut)
def approve_batch(asked: Asked, sent: Body, pk: Id) -> Any:
    """Put the figures on record; never by who entered or submitted them."""
    found = _batch_of(asked, pk)
    require(permissions.may_decide(asked.user, found, asked.on))
    services.approve_batch(**of(asked, "now", "user"), batch=found)
    return _batch(_batch_of(asked, pk))


@desk.act("/figures/batches/{pk}/return", Text("退回", "Send back"), page.WhyFigureForm,
          shapes.BatchOut)  # fmt: skip
def return_batch(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Send a batch back with the reason."""
    found = _batch_of(asked, pk)
    require(permissions.may_decide(asked.user, found, asked.on))
    return _batch(services.return_batch(**of(asked, "now", "user"), batch=found, **sent.given()))


@desk.act("/figures/batches/{pk}/discard", Text("作废", "Put aside"), page.WhyFigureForm,
          shapes.BatchOut)  # fmt: skip
def discard(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Put an open batch aside for good."""
    found = _batch_of(asked, pk)
    require(permissions.may_enter(asked.user, asked.on))
    return _batch(services.discard_batch(**of(asked, "now"), batch=found, **sent.given()))


def _batch_of(asked: Asked, pk: int) -> Batch:
    found = get_object_or_404(Batch, pk=pk)
    require(permissions.may_see_batch(asked.user, found, asked.on))
    return found


def _rows(asked: Asked, rows: list[RowIn]) -> list[services.Row]:
    """Return rows of subjects the caller may read."""
    wanted = {row.entity for row in rows}
    known = permissions.visible(asked.user, asked.on).in_bulk(list(wanted))
    for pk in wanted:
        if pk not in known:
            raise Refused(NO_SUBJECT.format(pk=pk), field="entity")
    return [services.Row(known[row.entity], row.given) for row in rows]


def _batch(one: Batch) -> Given:
    return {
        "id": one.pk, "title": one.title, "kind": one.kind, "state": one.state,
        "document": one.document, "reason": one.reason,
        "rows": [{"number": row.number, "entity": row.entity_id, "given": row.given,
                  "flags": row.flags, "explanation": row.explanation} for row in one.rows.all()],
        "steps": [{"state": each.state, "by": each.by, "at": each.at, "said": each.said}
                  for each in one.steps.all()],
        "figures": [figure.pk for figure in one.figures.all()],
    }  # fmt: skip
