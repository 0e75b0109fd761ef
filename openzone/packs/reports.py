"""Forms that firms and parks report by (``reports/*.yaml``), and what holds for all of them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.reporting import cells
from openzone.engines.reporting.deadline import DueRule, Roll
from openzone.engines.tables.units import parse_unit
from openzone.packs.loading import NATIONAL
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
Who = Literal["enterprise", "park"]
Frequency = Literal["month", "quarter", "year"]
FOLDER = "reports"
RULES = "report_rules.yaml"
_ID = r"^[a-z][a-z0-9_]*$"


class DuePack(Entry):
    """See ``engines.reporting.deadline.DueRule``."""

    months: int = Field(ge=0, le=12)
    day: int = Field(ge=1, le=31)
    roll: Roll = "next"

    @property
    def rule(self) -> DueRule:
        """What the engine reads."""
        return DueRule(self.months, self.day, self.roll)


class ReportField(Entry):
    """A field: ``departs`` is in percent, null asks nothing; absent it is that of the form."""

    id: str = Field(pattern=_ID, max_length=32)
    indicator: str = Field(pattern=_ID)
    label: Bilingual
    unit: str
    required: bool = True
    negative: bool = False
    departs: Decimal | None = Field(default=None, gt=0)
    help: Bilingual | None = None
    group: Bilingual | None = None


class ReportCheck(Entry):
    """See ``engines.reporting.cells.Check``."""

    id: str = Field(pattern=_ID)
    kind: cells.CheckKind
    left: tuple[str, ...] = Field(min_length=1)
    right: tuple[str, ...] = Field(min_length=1)
    text: Bilingual
    hard: bool = True

    @property
    def check(self) -> cells.Check:
        """What the engine reads."""
        return cells.Check(self.id, self.kind, self.left, self.right, self.text.text, self.hard)


class ReportForm(Entry):
    """A form. Months named by ``with_next`` are reported with the month after (1—2月).

    Months and quarters are counted from January on (1—3月, 1—6月, …).
    """

    label: Bilingual
    version: str = Field(min_length=1, max_length=32)
    effective_from: dt.date
    effective_to: dt.date | None = None
    source: Bilingual
    region: str
    number: str
    verified: Mark
    who: Who
    frequency: Frequency
    with_next: tuple[int, ...] = ()
    due: DuePack
    departs: Decimal | None = Field(default=None, gt=0)
    fields: tuple[ReportField, ...] = Field(min_length=1)
    checks: tuple[ReportCheck, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [one.id for one in self.fields]
        if len(set(names)) < len(names):
            raise ValueError("一个栏目出现两次 / a field is named twice")
        if len({one.indicator for one in self.fields}) < len(names):
            raise ValueError("两个栏目是同一指标 / two fields are of one indicator")
        if self.with_next and self.frequency != "month":
            raise ValueError("只有月报可以并入下月 / only months are reported with the next")
        for check in self.checks:
            if strange := set(check.left + check.right) - set(names):
                raise ValueError(f"{check.id}: 没有栏目 {strange} / there are no such fields")
        for one in self.fields:
            if parse_unit(one.unit) is None:
                raise ValueError(f"{one.id}: “{one.unit}”不是单位 / is no unit")
        return self

    def departs_of(self, field: ReportField) -> Decimal | None:
        """Return how far a field may be from the past before it is asked about."""
        return field.departs if "departs" in field.model_fields_set else self.departs


class ReportNotice(Entry):
    """What the law says, and on which pages it stands."""

    id: str = Field(pattern=_ID)
    where: tuple[Literal["fill", "decide", "rollup"], ...]
    text: Bilingual
    source: Bilingual
    number: str
    effective_from: dt.date
    verified: Mark
    note: Bilingual | None = None


class EnergyKind(Entry):
    """How much standard coal, and how much carbon dioxide, a unit of a kind stands for (t)."""

    indicator: str = Field(pattern=_ID)
    label: Bilingual
    unit: str
    tce: Decimal = Field(gt=0)
    co2: Decimal = Field(ge=0)


class EnergyPer(Entry):
    """What energy is set against: ``size`` base units of an indicator, called ``unit``."""

    indicator: str = Field(pattern=_ID)
    size: Decimal = Field(gt=0)
    unit: Bilingual


class EnergyPack(Entry):
    """Factors of kinds of energy, with their sources; ``per`` is what intensity goes by."""

    source: Bilingual
    verified: Mark
    carbon_source: Bilingual
    carbon_verified: Mark
    kinds: tuple[EnergyKind, ...]
    per: EnergyPer | None = None


class ReportRules(Entry):
    """``report_rules.yaml``."""

    least_firms: int = Field(ge=2, le=10)
    least_source: Bilingual
    least_verified: Mark
    unit_powers: tuple[Decimal, ...]
    unit_slack: Decimal = Field(gt=1)
    unit_source: Bilingual
    unit_verified: Mark
    remind_before: tuple[int, ...]
    remind_after: tuple[int, ...]
    escalate_after: int = Field(ge=0)
    automatic_days: int = Field(ge=1, le=365)
    remind_source: Bilingual
    remind_verified: Mark
    notices: tuple[ReportNotice, ...] = Field(min_length=1)
    energy: EnergyPack

    @property
    def slips(self) -> cells.Slips:
        """What the engine reads."""
        return cells.Slips(self.unit_powers, self.unit_slack)


def load_report_rules(folder: Path | None) -> ReportRules:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(RULES, folder), ReportRules)


def load_report_forms(folder: Path | None) -> Mapping[str, ReportForm]:
    """Read the bundled forms and those of a zone, which take the place of those of their name.

    Raises:
        PackError: with every problem of a file.

    """
    own = sorted((folder / FOLDER).glob("*.yaml")) if folder else []
    paths = {path.stem: path for path in (*sorted((NATIONAL / FOLDER).glob("*.yaml")), *own)}
    return {name: load_typed(path, ReportForm) for name, path in paths.items()}
