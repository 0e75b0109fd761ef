"""Pipelines as data: stages, sizes, what is not counted, rates, and the checklist of the reserve.

``pipelines/`` holds one file a pipeline and three that all of them share: ``sizes.yaml``,
``exclusions.yaml`` and ``maturity.yaml``. A zone puts its own into ``pipelines/`` of its pack
folder; a file named like one of these takes its place.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects import maturity, pipeline
from openzone.engines.projects.pipeline import EXIT, Pipeline
from openzone.engines.projects.sizes import BELOW, UNKNOWN, Bucket
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.loading import NATIONAL
from openzone.packs.sourced import NOT_UTF8
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
FOLDER = "pipelines"
SHARED = ("sizes", "exclusions", "maturity")
DEFAULT = "six_batches"
FILE_NAME = Text("文件名应为 {name}.yaml", "the file must be named {name}.yaml")
NO_PIPELINE = Text(
    "没有项目流程“{name}”，可用：{known}", "there is no pipeline “{name}”; known are {known}"
)
P = TypeVar("P", bound=Entry)


class Term(Entry):
    """An id and what it is called."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual


class StagePack(Term):
    """A stage; a list within ``evidence`` means that any one of it will do."""

    meaning: Bilingual
    counts_as: str
    batch: str | None = None
    evidence: tuple[str | tuple[str, ...], ...] = ()
    fields: tuple[str, ...] = ()
    within_year: tuple[str, ...] = ()
    optional: bool = False
    framework_apart: bool = False
    verified: Mark
    note: Bilingual | None = None

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The evidence as groups of which one kind each has to be shown."""
        return tuple((one,) if isinstance(one, str) else one for one in self.evidence)

    @property
    def as_stage(self) -> pipeline.Stage:
        """What the engine reads."""
        return pipeline.Stage(
            self.id, self.label.text, self.meaning.text, self.counts_as, self.batch, self.groups,
            self.fields, self.within_year, self.optional, self.framework_apart,
        )  # fmt: skip


class RatePack(Term):
    """A rate; ``of`` and ``reached`` are what stages count as."""

    of: str
    reached: str | None = None
    basis: Literal["cohort", "period"] = "cohort"
    same_year: bool = False
    surviving: bool = False
    source: Bilingual
    verified: Mark

    @property
    def as_rate(self) -> pipeline.Rate:
        """What the engine reads."""
        return pipeline.Rate(
            self.id, self.label.text, self.of, self.reached, self.basis, self.same_year,
            self.surviving,
        )  # fmt: skip


class PipelinePack(Term):
    """The whole file of a pipeline."""

    version: str
    region: str
    source: Bilingual
    number: str | None = None
    verified: Mark
    note: Bilingual | None = None
    evidence: tuple[Term, ...]
    fields: tuple[Term, ...]
    batches: tuple[Term, ...]
    stages: tuple[StagePack, ...] = Field(min_length=2)
    exits: tuple[Term, ...] = Field(min_length=1)
    rates: tuple[RatePack, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for name in ("evidence", "fields", "batches", "stages", "exits", "rates"):
            _distinct(name, getattr(self, name))
        _known(
            "evidence",
            (one for stage in self.stages for group in stage.groups for one in group),
            self.evidence,
        )
        _known(
            "fields",
            (one for stage in self.stages for one in (*stage.fields, *stage.within_year)),
            self.fields,
        )
        _once("batch", [one.batch for one in self.stages if one.batch], self.batches)
        meanings = [one.counts_as for one in self.stages]
        if len(set(meanings)) < len(meanings):
            raise ValueError("counts_as 重复 / counts_as is there twice")
        if EXIT in (one.id for one in self.stages):
            raise ValueError(f"{EXIT} 不可作阶段 / {EXIT} cannot be a stage")
        for rate in self.rates:
            if lost := {rate.of, rate.reached or rate.of} - set(meanings):
                raise ValueError(f"{rate.id}: 没有阶段计作 {lost} / no stage counts as {lost}")
        return self


class SizePack(Term):
    """A bucket: everything from ``least`` yuan upwards."""

    least: Decimal = Field(gt=0)


class SizesPack(Entry):
    """``sizes.yaml``: the buckets from the least up; ``by`` is the kind of amount they are of."""

    source: Bilingual
    verified: Mark
    by: str = "total"
    sizes: tuple[SizePack, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _distinct("sizes", self.sizes)
        bounds = [one.least for one in self.sizes]
        if bounds != sorted(set(bounds)):
            raise ValueError("规模应由小到大 / sizes must be from the least up")
        if {BELOW, UNKNOWN} & {one.id for one in self.sizes}:
            raise ValueError(f"{BELOW}、{UNKNOWN} 已另有含义 / {BELOW} and {UNKNOWN} are taken")
        return self


class ExclusionPack(Term):
    """A reason not to count a project; ``derived``: seen from the record itself."""

    derived: Literal["phase"] | None = None
    note: Bilingual | None = None


class ExclusionsPack(Entry):
    """``exclusions.yaml``."""

    region: str
    source: Bilingual
    verified: Mark
    exclusions: tuple[ExclusionPack, ...]

    @model_validator(mode="after")
    def _are_distinct(self) -> Self:
        _distinct("exclusions", self.exclusions)
        return self


class GradePack(Term):
    """A grade and what it asks for beyond the one below."""

    asks: tuple[Term, ...] = Field(min_length=1)


class MaturityPack(Entry):
    """``maturity.yaml``: the grades of the reserve from the lowest up."""

    source: Bilingual
    verified: Mark
    note: Bilingual | None = None
    grades: tuple[GradePack, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _are_distinct(self) -> Self:
        _distinct("grades", self.grades)
        _distinct("asks", [one for grade in self.grades for one in grade.asks])
        return self

    @property
    def as_grades(self) -> tuple[maturity.Grade, ...]:
        """What the engine grades with."""
        return tuple(
            maturity.Grade(
                one.id,
                one.label.text,
                tuple(maturity.Question(ask.id, ask.label.text) for ask in one.asks),
            )
            for one in self.grades
        )


def load_pipeline(name: str, folder: Path | None) -> Pipeline:
    """Return a pipeline by its id, or by the path of its file, with sizes and exclusions.

    Raises:
        PackError: there is none of that name, or with every problem of a file.

    """
    pack, sizes, exclusions = load_pack(name, folder), load_sizes(folder), load_exclusions(folder)
    return Pipeline(
        id=pack.id,
        label=pack.label.text,
        stages=tuple(one.as_stage for one in pack.stages),
        batches=_labels(pack.batches),
        evidence=_labels(pack.evidence),
        fields=_labels(pack.fields),
        exits=_labels(pack.exits),
        sizes=tuple(Bucket(one.id, one.label.text, one.least) for one in sizes.sizes),
        size_by=sizes.by,
        exclusions=tuple(
            pipeline.Exclusion(one.id, one.label.text, one.derived) for one in exclusions.exclusions
        ),
        rates=tuple(one.as_rate for one in pack.rates),
        version=pack.version,
    )


def pipeline_files(folder: Path | None) -> Mapping[str, Path]:
    """Return the files of all pipelines by id, a zone's own in the place of those shipped."""
    own = sorted((folder / FOLDER).glob("*.yaml")) if folder else []
    files = (*sorted((NATIONAL / FOLDER).glob("*.yaml")), *own)
    return {path.stem: path for path in files if path.stem not in SHARED}


def load_pack(name: str, folder: Path | None) -> PipelinePack:
    """Return the file of a pipeline as it states itself."""
    files = pipeline_files(folder)
    if name not in files and not name.endswith(".yaml"):
        reason = NO_PIPELINE.format(name=name, known=", ".join(files))
        raise PackError([PackProblem("", 0, "", reason)])
    path = files.get(name, Path(name))
    pack = _read(path, PipelinePack)
    if pack.id != path.stem:
        raise PackError([PackProblem(str(path), 1, "id", FILE_NAME.format(name=pack.id))])
    return pack


def load_sizes(folder: Path | None) -> SizesPack:
    """Return the size buckets of a zone."""
    return _read(pack_file(f"{FOLDER}/sizes.yaml", folder), SizesPack)


def load_exclusions(folder: Path | None) -> ExclusionsPack:
    """Return what a zone does not count."""
    return _read(pack_file(f"{FOLDER}/exclusions.yaml", folder), ExclusionsPack)


def load_maturity(folder: Path | None) -> MaturityPack:
    """Return the checklist of a zone's reserve."""
    return _read(pack_file(f"{FOLDER}/maturity.yaml", folder), MaturityPack)


def _read(path: Path, model: type[P]) -> P:
    try:
        return load_typed(path, model)
    except UnicodeDecodeError:
        raise PackError([PackProblem(str(path), 1, "", NOT_UTF8)]) from None


def _labels(terms: Iterable[Term]) -> dict[str, Text]:
    return {one.id: one.label.text for one in terms}


def _distinct(name: str, terms: Iterable[Term]) -> None:
    ids = [one.id for one in terms]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise ValueError(f"{name}: {', '.join(twice)} 重复 / is there twice")


def _known(name: str, used: Iterable[str], terms: Iterable[Term]) -> None:
    if lost := sorted(set(used) - {one.id for one in terms}):
        raise ValueError(f"{name}: 没有 {', '.join(lost)} / there is no {', '.join(lost)}")


def _once(name: str, used: list[str], terms: Iterable[Term]) -> None:
    """Each is the mark of exactly one stage, or a project would count twice in it."""
    _known(name, used, terms)
    if wrong := sorted(one.id for one in terms if used.count(one.id) != 1):
        raise ValueError(
            f"{name}: {', '.join(wrong)} 须恰由一个阶段标明 / must be marked by exactly one stage"
        )
