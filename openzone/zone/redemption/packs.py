"""Procedures as data: which stages, who acts, how long; an application keeps its version."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.due import DueResult, due
from openzone.engines.worktime.durations import parse_duration
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.engines.worktime.receipt import ReceiptRule
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.loading import NATIONAL, zone_folder
from openzone.zone.people.enums import Role
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.redemption.enums import Stage

Mark = Literal["V", "V2", "L", "K"]


def _is_limit(text: str) -> str:
    parse_duration(text)
    return text


Limit = Annotated[str, AfterValidator(_is_limit)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(_Strict):
    """A time limit, and how well it is known to be a rule rather than a habit."""

    limit: Limit
    verified: Mark


class CorrectionTerm(Term):
    """How long an enterprise has to correct, and how often it is asked."""

    times: int = Field(ge=1, le=9)


class Scores(_Strict):
    """How experts score: how many at least, between which marks, and what passes."""

    reviewers: int = Field(ge=2, le=20)
    lowest: int
    highest: int
    pass_: int = Field(alias="pass")
    verified: Mark


class Offers(_Strict):
    """How many enterprises an item is offered to in one morning."""

    most: int = Field(ge=1)
    verified: Mark


class StageRule(_Strict):
    """One stage of a procedure: who acts, within what time, or at once by the system."""

    stage: Stage
    who: str
    limit: Limit | None = None
    verified: Mark | None = None
    automatic: bool = False


class ProcedureSource(_Strict):
    """The document, or the practice, a procedure is taken from."""

    title: str
    number: str | None
    issuer: str


class Procedure(_Strict):
    """One version of a procedure."""

    version: str
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    region: tuple[str, ...] = ()
    source: ProcedureSource
    verified: Mark
    note: Bilingual | None = None
    total: Term | None = None
    stages: Annotated[tuple[StageRule, ...], Field(min_length=2)]
    correction: CorrectionTerm | None = None
    objection: Term | None = None
    scores: Scores | None = None
    offers: Offers | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Procedure":
        order = [Stage(one.stage) for one in self.stages]
        positions = [list(Stage).index(stage) for stage in order]
        if positions != sorted(set(positions)):
            raise ValueError("stages stand in the order of their kind, each once")
        if Stage.APPROVAL not in order:
            raise ValueError("a procedure needs an approval")
        return self

    def rule(self, stage: Stage) -> StageRule | None:
        """Return what is said about a stage, if the procedure has it."""
        return next((one for one in self.stages if one.stage == stage), None)

    def first(self) -> Stage:
        """The stage an application enters when it is handed in."""
        return Stage(self.stages[0].stage)

    def after(self, stage: Stage) -> Stage:
        """Return the next stage of the way; the last one leads to the close."""
        order = [Stage(one.stage) for one in self.stages]
        following = order[order.index(stage) + 1 :]
        return following[0] if following else Stage.CLOSED


class ProcedureFile(_Strict):
    """A procedure in its versions."""

    procedure: DeliveryMode
    title: Bilingual
    versions: Annotated[tuple[Procedure, ...], Field(min_length=1)]


class Member(_Strict):
    """A role, in a unit where one is named."""

    role: Role
    unit: str | None = None


class Party(_Strict):
    """Whom a procedure means by a word."""

    label: Bilingual
    members: tuple[Member, ...]


class _Parties(_Strict):
    parties: Mapping[str, Party]


class PostCheck(_Strict):
    """How a check of what was paid is run."""

    answer: Term
    note: Bilingual | None = None


class _PostCheckFile(_Strict):
    post_check: PostCheck


NOT_YAML = Text("文件不是有效的 YAML", "the file is not valid YAML")
FAULT = Text("{where}：{what}", "{where}: {what}")


def read(path: Path, model: type[BaseModel]) -> Any:
    """Read one file of the folder ``redemption`` of a pack.

    Raises:
        PackError: with the file, the place in it and the reason.

    """
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8-sig")))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise PackError([PackProblem(path.name, 1, "", NOT_YAML)]) from None
    except ValidationError as error:
        raise PackError([_problem(path, dict(one)) for one in error.errors()]) from None


def _problem(path: Path, error: Mapping[str, Any]) -> PackProblem:
    where = ".".join(str(step) for step in error["loc"])
    return PackProblem(path.name, 1, where, FAULT.format(where=where, what=error["msg"]))


def _file(name: str) -> Path:
    """Return a zone's own file where it has one, else the national one."""
    folder = zone_folder()
    own = folder / "redemption" / name if folder else None
    return own if own and own.exists() else NATIONAL / "redemption" / name


@cache
def procedure_file(mode: DeliveryMode) -> ProcedureFile:
    """Return the procedure of a delivery mode in all its versions."""
    found: ProcedureFile = read(_file(f"{mode.value}.yaml"), ProcedureFile)
    return found


def procedure_on(mode: DeliveryMode, day: dt.date) -> Procedure:
    """Return the version of a procedure that new applications get on a day, the latest first."""
    fitting = [
        version
        for version in procedure_file(mode).versions
        if (version.effective_from or dt.date.min) <= day <= (version.effective_to or dt.date.max)
    ]
    return max(fitting, key=lambda one: one.effective_from or dt.date.min)


@cache
def parties() -> Mapping[str, Party]:
    """Return whom the procedures mean by their words."""
    found: _Parties = read(_file("parties.yaml"), _Parties)
    return found.parties


@cache
def post_check() -> PostCheck:
    """Return how a check of what was paid is run."""
    found: _PostCheckFile = read(_file("post_check.yaml"), _PostCheckFile)
    return found.post_check


@cache
def worktime() -> tuple[WorkCalendar, ReceiptRule]:
    """Return the zone's calendar and its rule of counting."""
    folder = zone_folder()
    return zone_calendar(own_files(folder)), zone_receipt_rule(folder)


def due_from(limit: str, at: dt.datetime) -> DueResult:
    """Count a limit from an aware moment, with every day counted or skipped."""
    return due(to_local(at), parse_duration(limit), *worktime())


def due_at(limit: str | None, at: dt.datetime) -> dt.datetime | None:
    """Return the aware moment a limit ends, ``None`` without a limit."""
    return None if limit is None else to_aware(due_from(limit, at).due)
