"""Light rules as data: one file a rule in ``lights/``, a zone's own over those shipped.

A zone puts its own into ``lights/`` of its pack folder; a file named like one of these takes its
place. What the published wording leaves open is a ``reading`` of the file, and marked as ours.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects import light_kinds
from openzone.engines.projects.light_model import Colour
from openzone.engines.projects.lights import LightRule, Run
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.loading import NATIONAL
from openzone.packs.sourced import NOT_UTF8
from openzone.packs.typed import Entry, load_typed

Mark = Literal["V", "V2", "L", "K"]
FOLDER = "lights"
FILE_NAME = Text("文件名应为 {name}.yaml", "the file must be named {name}.yaml")
NO_RULE = Text("没有规则“{name}”，可用：{known}", "there is no rule “{name}”; known are {known}")
Share = Annotated[Decimal, Field(gt=0, le=1)]


class ProgressRatio(Entry):
    """Parameters of :class:`light_kinds.ProgressRatio`."""

    kind: Literal["progress_ratio"]
    red_below: Share
    yellow_below: Share

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.red_below > self.yellow_below:
            raise ValueError("红灯界限高于黄灯 / the bound of red is above that of yellow")
        return self

    def engine(self) -> light_kinds.Kind:
        """Return what the engine judges with."""
        return light_kinds.ProgressRatio(self.red_below, self.yellow_below)


class ProgressPoints(Entry):
    """Parameters of :class:`light_kinds.ProgressPoints`, as shares: 0.1 are ten points."""

    kind: Literal["progress_points"]
    yellow_from: Share
    red_above: Share

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.yellow_from > self.red_above:
            raise ValueError("黄灯界限高于红灯 / the bound of yellow is above that of red")
        return self

    def engine(self) -> light_kinds.Kind:
        """Return what the engine judges with."""
        return light_kinds.ProgressPoints(self.yellow_from, self.red_above)


class Slippage(Entry):
    """:class:`light_kinds.Slippage` has no bounds of its own."""

    kind: Literal["slippage"]

    def engine(self) -> light_kinds.Kind:
        """Return what the engine judges with."""
        return light_kinds.Slippage()


class StartOverdue(Entry):
    """:class:`light_kinds.StartOverdue` has no bounds of its own; the run of months has."""

    kind: Literal["start_overdue"]

    def engine(self) -> light_kinds.Kind:
        """Return what the engine judges with."""
        return light_kinds.StartOverdue()


class StatisticalEntry(Entry):
    """Parameters of :class:`light_kinds.StatisticalEntry`."""

    kind: Literal["statistical_entry"]
    yellow_after_months: int = Field(ge=0, le=120)
    red_after_months: int = Field(ge=0, le=120)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.yellow_after_months > self.red_after_months:
            raise ValueError("红灯早于黄灯 / red comes before yellow")
        return self

    def engine(self) -> light_kinds.Kind:
        """Return what the engine judges with."""
        return light_kinds.StatisticalEntry(self.yellow_after_months, self.red_after_months)


class Slips(Entry):
    """Parameters of :class:`light_kinds.Slips`."""

    kind: Literal["slips"]
    near_days: int = Field(ge=0, le=3650)

    def engine(self) -> light_kinds.Kind:
        """Return what the engine judges with."""
        return light_kinds.Slips(self.near_days)


class RunPack(Entry):
    """So many months running in these colours make another one."""

    of: tuple[Literal["yellow", "red"], ...] = Field(min_length=1)
    times: int = Field(ge=2, le=120)
    colour: Literal["yellow", "red"]

    @property
    def as_run(self) -> Run:
        """What the engine counts with."""
        return Run(frozenset(map(Colour, self.of)), self.times, Colour(self.colour))


class Reading(Entry):
    """What the published wording leaves open, and how it is taken here."""

    text: Bilingual
    verified: Mark = "K"


class LightPack(Entry):
    """The whole file of a rule."""

    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
    label: Bilingual
    region: str
    source: Bilingual
    number: str | None = None
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    verified: Mark
    says: Bilingual
    rule: Annotated[
        ProgressRatio | ProgressPoints | Slippage | StartOverdue | StatisticalEntry | Slips,
        Field(discriminator="kind"),
    ]
    run: RunPack | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def as_rule(self) -> LightRule:
        """What the engine computes with."""
        run = self.run.as_run if self.run else None
        return LightRule(self.id, self.label.text, self.rule.engine(), run)


def light_files(folder: Path | None) -> Mapping[str, Path]:
    """Return the files of all rules by id, a zone's own in the place of those shipped."""
    own = sorted((folder / FOLDER).glob("*.yaml")) if folder else []
    return {path.stem: path for path in (*sorted((NATIONAL / FOLDER).glob("*.yaml")), *own)}


def load_light(path: Path) -> LightPack:
    """Read the file of a rule.

    Raises:
        PackError: with every problem of the file.

    """
    try:
        pack = load_typed(path, LightPack)
    except UnicodeDecodeError:
        raise PackError([PackProblem(str(path), 1, "", NOT_UTF8)]) from None
    if pack.id != path.stem:
        raise PackError([PackProblem(str(path), 1, "id", FILE_NAME.format(name=pack.id))])
    return pack


def light_packs(folder: Path | None) -> Mapping[str, LightPack]:
    """Return every rule a zone with this pack folder has, by id.

    Raises:
        PackError: with every problem of every file.

    """
    found: dict[str, LightPack] = {}
    problems: list[PackProblem] = []
    for name, path in light_files(folder).items():
        try:
            found[name] = load_light(path)
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(problems)
    return found


def light_pack(name: str, folder: Path | None) -> LightPack:
    """Return a rule by its id, or by the path of its file.

    Raises:
        PackError: there is none of that name, or with every problem of its file.

    """
    files = light_files(folder)
    if name in files:
        return load_light(files[name])
    if name.endswith((".yaml", ".yml")) or "/" in name:
        return load_light(Path(name))
    reason = NO_RULE.format(name=name, known=", ".join(files))
    raise PackError([PackProblem("", 0, "", reason)])
