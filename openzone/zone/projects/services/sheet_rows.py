"""One row of a workbook of projects, and how it is entered.

Books come without papers. A stage is entered on the day the book names, and the counters list it
as an entry without its evidence until the paper is on file; days out of order are refused.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from openzone.engines.projects.pipeline import Pipeline
from openzone.engines.projects.stages import Entry, log_faults, standing
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import LIVE, Project, ProjectSheet, StageEvent
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.merges import alike, names_on_record
from openzone.zone.projects.selectors.standing import amount_on, log_items
from openzone.zone.projects.services.amounts import state_amount
from openzone.zone.projects.services.projects import change_project, create_project
from openzone.zone.projects.services.sheet_columns import STAGE
from openzone.zone.projects.services.sheet_undo import AMOUNTS, snapshot
from openzone.zone.projects.writing import append, locked, note
from openzone.zone.registry.models import Place
from openzone.zone.rowwise import Values

TWICE: Final = Text("与第 {row} 行是同一项目", "this is the same project as in row {row}")
SEVERAL: Final = Text(
    "档案中有 {n} 个同名项目，请填写项目编号",
    "{n} projects on record have this name: give a number",
)
NO_NUMBER: Final = Text("档案中没有编号为“{given}”的项目", "no project has the number “{given}”")
NO_UNIT: Final = Text("没有单位“{given}”", "there is no unit “{given}”")
NO_PLACE: Final = Text("没有地点“{given}”", "there is no place “{given}”")
NO_DAY: Final = Text("写明了阶段“{label}”，请补填该阶段日期", "the stage “{label}” needs its day")
NO_STAGE: Final = Text("流程中没有阶段“{given}”", "the pipeline has no stage “{given}”")
OTHER_STAGE: Final = Text(
    "阶段为“{label}”，但已填写其后阶段的日期", "the stage is “{label}”, yet later days are filled"
)
OTHER_DAY: Final = Text(
    "档案中该阶段日期为 {day}，更正请在项目页面办理",
    "on record this stage was entered on {day}; correct that on the page of the project",
)
TO_COME: Final = Text("{day} 还没有到", "{day} has not come yet")
REVISED: Final = Text("按“{file}”调整", "revised after “{file}”")


class Entering:
    """Enters rows one after the other, and knows which project each one meant."""

    def __init__(self, actor: Actor, sheet: ProjectSheet, now: dt.datetime, *, sure: bool) -> None:
        """Begin a file; ``sure``: amounts that jump are meant."""
        self.actor, self.sheet, self.now, self.sure = actor, sheet, now, sure
        self.created = self.changed = 0
        self.touched: list[dict[str, Any]] = []
        self._rows: dict[int, int] = {}
        self._book = names_on_record()

    def enter(self, row: Values) -> Project:
        """Enter one row as it was stored."""
        project, is_new, before = self._project(row)
        for name, kind in AMOUNTS.items():
            if row.get(name) is not None:
                self._state(project, name, kind, Decimal(row[name]), row)
        self._enter_stages(project, row)
        self.touched.append({**before, "row": row["row"], "project": project.pk, "new": is_new})
        self._rows[project.pk] = row["row"]
        if is_new:
            self._book[alike(row["name"])].append((project.pk, alike(row.get("investor") or "")))
        self.created += is_new
        self.changed += not is_new
        return project

    def _project(self, row: Values) -> tuple[Project, bool, dict[str, Any]]:
        """Return the project of a row, whether it is new, and what it was before."""
        found = self._found(row)
        if found is None:
            return self._create(row), True, {}
        if found.pk in self._rows:
            raise Refused(TWICE.format(row=self._rows[found.pk]), field="name")
        said = _described(row)
        before = snapshot(found, said, self.sheet.as_of)
        change_project(actor=self.actor, project=found, **said)
        return found, False, before

    def _found(self, row: Values) -> Project | None:
        """Return the project a row means: by its number, else by its name and investor."""
        if number := row.get("number"):
            project = Project.objects.filter(LIVE, number=number).first()
            if project is None:
                raise Refused(NO_NUMBER.format(given=number), field="number")
            return project
        owner = alike(row.get("investor") or "")
        known = self._book.get(alike(row["name"]), [])
        found = [pk for pk, other in known if not owner or not other or owner == other]
        if len(found) > 1:
            raise Refused(SEVERAL.format(n=len(found)), field="name")
        return Project.objects.get(pk=found[0]) if found else None

    def _create(self, row: Values) -> Project:
        return create_project(
            actor=self.actor, pipeline=self.sheet.pipeline, on=self.sheet.as_of, now=self.now,
            synthetic=self.sheet.synthetic, **_described(row),
        )  # fmt: skip

    def _state(self, project: Project, field: str, kind: str, value: Decimal, row: Values) -> None:
        before = amount_on(project, kind, self.sheet.as_of)
        if before is not None and before.value == value:
            return
        reason = row.get("reason") or REVISED.format(file=self.sheet.file_name).zh
        try:
            state_amount(
                actor=self.actor, project=project, kind=kind, value=value, on=self.sheet.as_of,
                now=self.now, reason=reason if before else "", sure=self.sure,
                user=self.sheet.uploaded_by,
            )  # fmt: skip
        except Refused as refusal:
            raise Refused(refusal.reason, field=field) from None

    def _enter_stages(self, project: Project, row: Values) -> None:
        flow = pipeline(self.sheet.pipeline)
        days = _days(flow, row)
        _ensure_stage(flow, row.get("stage") or "", days)
        fresh = locked(project)
        first = standing(log_items(fresh.log.all())).first
        for stage, day in days.items():
            if stage not in first:
                self._enter_stage(fresh, flow, stage, day)
            elif first[stage].on != day:
                raise Refused(OTHER_DAY.format(day=first[stage].on), field=STAGE + stage)

    def _enter_stage(self, project: Project, flow: Pipeline, stage: str, day: dt.date) -> None:
        if day > to_local(self.now).date():
            raise Refused(TO_COME.format(day=day), field=STAGE + stage)
        log = log_items(project.log.all())
        faults = [
            one for one in log_faults(flow, (*log, Entry(stage, day))) if one.index == len(log)
        ]
        if faults:
            raise Refused(faults[0].reason, field=STAGE + stage)
        event = StageEvent(
            kind=StageEventKind.ENTERED, stage=stage, on=day, by=self.sheet.uploaded_by,
            recorded_at=self.now,
        )  # fmt: skip
        append(project, event)
        note(
            "stage.entered", self.actor, project, stage=stage, on=day.isoformat(),
            book=self.sheet.file_name,
        )  # fmt: skip


def _described(row: Values) -> dict[str, Any]:
    """Return what a row says of its project; an empty cell says nothing."""
    given = {
        "name": row["name"],
        "investor_name": row.get("investor"),
        "summary": row.get("summary"),
        "industry": row.get("industry"),
        "origin": row.get("origin"),
        "sector": int(row["sector"]) if row.get("sector") else None,
        "place": _place(row.get("place") or ""),
        "lead_unit": _unit(row.get("unit") or ""),
        "planned_start": _date(row.get("planned_start")),
        "planned_finish": _date(row.get("planned_finish")),
        "framework": row.get("framework"),
    }
    return {name: value for name, value in given.items() if value not in (None, "")}


def _days(flow: Pipeline, row: Values) -> dict[str, dt.date]:
    """Return the days of the stages a row names, in the order of the pipeline."""
    days = {one.id: _date(row.get(STAGE + one.id)) for one in flow.stages}
    return {stage: day for stage, day in days.items() if day is not None}


def _ensure_stage(flow: Pipeline, said: str, days: Mapping[str, dt.date]) -> None:
    """Refuse a present stage that the days do not bear out."""
    if not said:
        return
    stage = flow.named(said)
    if stage is None:
        raise Refused(NO_STAGE.format(given=said), field="stage")
    label = flow[stage].label
    if stage not in days:
        raise Refused(_said(NO_DAY, label), field="stage")
    if any(flow.index(one) > flow.index(stage) for one in days):
        raise Refused(_said(OTHER_STAGE, label), field="stage")


def _said(words: Text, label: Text) -> Text:
    return Text(words.zh.format(label=label.zh), words.en.format(label=label.en))


def _date(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _unit(text: str) -> Unit | None:
    found = (Unit.objects.filter(name=text) or Unit.objects.filter(code=text)).first()
    if text and found is None:
        raise Refused(NO_UNIT.format(given=text), field="unit")
    return found


def _place(text: str) -> Place | None:
    found = (Place.objects.filter(name=text) or Place.objects.filter(code=text)).first()
    if text and found is None:
        raise Refused(NO_PLACE.format(given=text), field="place")
    return found
