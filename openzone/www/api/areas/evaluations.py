"""Evaluations: data in and out, one's own result, the published list, objections and replies."""

from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import evaluations as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id, Line
from openzone.www.forms import evaluations as page
from openzone.zone.errors import Refused
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.models import Cycle, Entrant, Outcome, Protest
from openzone.zone.evaluations.selectors.data import needed, rows_of
from openzone.zone.evaluations.selectors.items import items_of, pack_of
from openzone.zone.evaluations.selectors.results import (
    latest_run,
    lift_of,
    lines_of,
    reason_of,
    standing_results,
)
from openzone.zone.evaluations.services import cells, cycles, protests
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.EVALUATIONS)
Given = dict[str, Any]
NO_ITEM = Text("没有“{name}”这一列", "there is no column “{name}”")


@desk.read("/enterprise-evaluations", Text("评价列表", "Evaluations"), list[shapes.CycleOut])
def list_cycles(asked: Asked) -> Any:
    """The evaluations the caller may open, the latest year first."""
    require(permissions.may_list(asked.user, asked.on))
    return list(permissions.visible(asked.user, asked.on))


@desk.read("/enterprise-evaluations/{pk}", Text("评价详情", "One evaluation"), shapes.CycleOut)
def get_cycle(asked: Asked, pk: Id) -> Any:
    """How far an evaluation is."""
    return _cycle(asked, pk)


@desk.act("/enterprise-evaluations", Text("发起评价", "Open an evaluation"), page.CycleForm,
          shapes.CycleOut, status=201)  # fmt: skip
def open_cycle(asked: Asked, sent: Sent) -> Any:
    """Open an evaluation of a year by a scheme, which is kept as it is today."""
    require(permissions.may_run(asked.user, asked.on))
    return cycles.open_cycle(**of(asked, "user", "now"), **sent.given())


@desk.read("/enterprise-evaluations/{pk}/data", Text("评价数据", "Data"), list[shapes.DataRowOut])
def list_data(asked: Asked, pk: Id) -> Any:
    """Figures that stand, in base units: all columns, to a bureau its own."""
    found = _cycle(asked, pk)
    require(permissions.may_see_data(asked.user, found, asked.on))
    items = items_of(found)
    if not permissions.sees_all(asked.user, asked.on):
        own = permissions.own_columns(asked.user, found, asked.on)
        items = [one for one in items if one.name in own]
    by_group = {
        g.id: needed(found, Entrant(cycle=found, group=g.id)) for g in pack_of(found).groups
    }
    return [
        {"entrant": row.entrant.pk, "name": row.entrant.name, "group": row.entrant.group,
         "figures": [cell for cell in row.cells if cell is not None],
         "missing": [item.name for item, cell in zip(items, row.cells, strict=True)
                     if cell is None and item.name in by_group.get(row.entrant.group, ())]}
        for row in rows_of(found, items)
    ]  # fmt: skip


@desk.act("/enterprise-evaluations/entrants/{pk}/figures/{item}", Text("填报数据", "Enter it"),
          page.CellForm, shapes.CellOut, status=201)  # fmt: skip
def enter_figure(asked: Asked, sent: Sent, pk: Id, item: Line) -> Any:
    """Enter a figure in the unit people write it in (亩, 万元); none takes it back."""
    entrant = _entrant(asked, pk)
    require(permissions.may_enter(asked.user, entrant.cycle, item, asked.on))
    known = next((one for one in items_of(entrant.cycle) if one.name == item), None)
    if known is None:
        raise Refused(NO_ITEM.format(name=item), field="item")
    given = sent.form(known, None).given()
    made = cells.enter_cell(**of(asked, "user", "now"), entrant=entrant, item=item, **given)
    names = ("item", "seq", "value", "source", "reason")
    return {"id": made.pk, "entrant": entrant.pk, **{name: getattr(made, name) for name in names}}


@desk.read("/enterprise-evaluations/{pk}/list", Text("公布名单", "The published list"),
           list[shapes.ListRowOut])  # fmt: skip
def get_list(asked: Asked, pk: Id) -> Any:
    """Names, ranks and classes by group, once published; groups do not compare."""
    found = _cycle(asked, pk)
    require(permissions.may_see_list(asked.user, found, asked.on))
    rows = Outcome.objects.filter(run=latest_run(found)).select_related("entrant")
    return [
        {"entrant": one.entrant_id, "name": one.entrant.name, "group": one.group,
         "rank": one.rank, "of": one.of, "grade": one.grade,
         "shared_with": one.detail["shared_with"], "level": one.detail["level"],
         "reason": _words(reason_of(one.detail))}
        for one in rows
    ]  # fmt: skip


@desk.read("/enterprise-evaluations/entrants/{pk}", Text("本单位评价结果", "One's own result"),
           shapes.EntrantOut)  # fmt: skip
def get_entrant(asked: Asked, pk: Id) -> Any:
    """One's own items with formulas, rank, class, what would lift it; to who oversees anybody's."""
    found = _entrant(asked, pk)
    require(permissions.may_see_own(asked.user, found, asked.on))
    return _own(found)


@desk.act("/enterprise-evaluations/entrants/{pk}/objections", Text("提出异议", "Object"),
          page.ProtestForm, shapes.ProtestOut, status=201)  # fmt: skip
def object_to(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Object to the land area posted or to the result that stands, within the days."""
    found = _entrant(asked, pk)
    require(permissions.may_object(asked.user, found, asked.on))
    given = sent.given(found.cycle)
    return _protest(protests.object_to(**of(asked, "user", "now"), entrant=found, **given))


@desk.act("/enterprise-evaluations/objections/{pk}/answer", Text("答复异议", "Answer an objection"),
          page.AnswerProtestForm, shapes.ProtestOut)  # fmt: skip
def answer_objection(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Answer as a third; upheld only once the data was corrected."""
    rows = Protest.objects.select_related("entrant__cycle", "outcome__run__cycle")
    found = get_object_or_404(rows, pk=pk)
    _entrant(asked, found.entrant_id)
    require(permissions.may_answer(asked.user, found, asked.on))
    protests.answer(**of(asked, "user", "now"), protest=found, **sent.given())
    return _protest(Protest.objects.select_related("answer").get(pk=found.pk))


def _cycle(asked: Asked, pk: int) -> Cycle:
    require(permissions.may_list(asked.user, asked.on))
    found = get_object_or_404(Cycle.objects.prefetch_related("columns"), pk=pk)
    require(permissions.may_see(asked.user, found, asked.on))
    return found


def _entrant(asked: Asked, pk: int) -> Entrant:
    require(permissions.may_list(asked.user, asked.on))
    found = get_object_or_404(Entrant.objects.select_related("cycle", "enterprise"), pk=pk)
    require(permissions.may_see(asked.user, found.cycle, asked.on))
    return found


def _words(said: Text | None) -> Words | None:
    return Words.of(said) if said is not None else None


def _own(found: Entrant) -> Given:
    pack = pack_of(found.cycle)
    shown = found.cycle.state in permissions.SHOWN
    every = standing_results(found.cycle) if shown else []
    result = next((one for one in every if one.entry.id == str(found.pk)), None)
    way = lift_of(found, every, pack)
    return {
        "id": found.pk, "cycle": found.cycle_id, "name": found.name, "group": found.group,
        "score": result.score if result else None, "rank": result.rank if result else None,
        "of": result.of if result else None, "grade": result.class_ if result else None,
        "veto": result.entry.veto if result else "",
        "reason": _words(result.reason) if result else None,
        "items": [
            {**one._asdict(), "label": Words.of(one.label), "formula": Words.of(one.formula)}
            for one in (lines_of(result, pack) if result else ())
        ],
        "next_class": way.class_ if way else None,
        "points_missing": way.points if way else None,
        "steps": [
            {"item": one.item.indicator.id, "now": one.item.value, "needed": one.needed}
            for one in (way.steps if way else ())
        ],
        "protests": [_protest(one) for one in found.protests.select_related("answer")],
    }  # fmt: skip


def _protest(one: Protest) -> Given:
    reply = getattr(one, "answer", None)
    return {
        "id": one.pk, "about": one.about, "text": one.text,
        "upheld": reply.upheld if reply else None, "reply": reply.text if reply else None,
    }  # fmt: skip
