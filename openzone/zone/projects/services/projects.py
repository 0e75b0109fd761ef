"""A project comes into the record, is described anew, gets its phases, shares and team."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services import series
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Member, Project, ProjectShare
from openzone.zone.projects.packs import pipeline as pipeline_named
from openzone.zone.projects.packs import pipeline_names
from openzone.zone.projects.writing import derive, locked, note
from openzone.zone.registry.enums import SubjectKind
from openzone.zone.registry.models import Enterprise, Place, Subject


class Described(TypedDict, total=False):
    """What may be said about a project beside its name."""

    short_name: str
    summary: str
    sector: int | None
    industry: str
    chain: list[str]
    origin: str
    tags: list[str]
    review_class: str
    place: Place | None
    lead_unit: Unit | None
    chief: User | None
    investor: Enterprise | None
    investor_name: str
    enterprise: Enterprise | None
    within_contract: bool
    framework: bool
    excluded: str
    planned_start: dt.date | None
    planned_finish: dt.date | None


class Changed(Described, total=False):
    """What may be said anew."""

    name: str


DESCRIBED: Final = frozenset(Changed.__optional_keys__)
NO_FIELD = Text("没有“{name}”这一项", "there is no field “{name}”")
NO_PIPELINE = Text("没有项目流程“{name}”", "there is no pipeline “{name}”")
NO_EXCLUSION = Text("没有“{name}”这一不计数原因", "there is no reason “{name}” not to count it")
NOT_WHOLE = Text("各区域份额之和应为 1，现为 {sum}", "the parts add up to {sum}, not to 1")
NO_PART = Text("份额应大于 0", "a part is more than nothing")
OF_A_PHASE = Text(
    "“{name}”本身是后续期，请选择一期项目", "“{name}” is a later phase; name the first one"
)
IS_MEMBER = Text("已在项目组担任此职", "this person has this role already")


@transaction.atomic
def create_project(
    *, actor: Actor, name: str, pipeline: str, on: dt.date, now: dt.datetime,
    synthetic: bool = False, number: str = "", **described: Unpack[Described],
) -> Project:  # fmt: skip
    """Bring a project into the record, at no stage yet.

    ``described``: see ``DESCRIBED``. Without a ``number`` the next one of the year is given.
    """
    if pipeline not in pipeline_names():
        raise Refused(NO_PIPELINE.format(name=pipeline), field="pipeline")
    project = Project(
        number=number or f"XM{on.year}-{series.take(f'project:{on.year}'):04}",
        pipeline=pipeline,
        pipeline_version=pipeline_named(pipeline).version,
        synthetic=synthetic,
        created_at=now,
    )
    _describe(project, {"name": name.strip(), **described})
    project.subject = Subject.objects.create(kind=SubjectKind.PROJECT)
    _save(project)
    note("created", actor, project, number=project.number, name=project.name)
    return project


@transaction.atomic
def change_project(*, actor: Actor, project: Project, **described: Unpack[Changed]) -> Project:
    """Describe a project anew; what was said before stays in the log."""
    fresh = locked(project)
    before = {name: _plain(getattr(fresh, name)) for name in described if name in DESCRIBED}
    _describe(fresh, described)
    _save(fresh)
    changed = {
        name: [before[name], _plain(getattr(fresh, name))]
        for name in described
        if before[name] != _plain(getattr(fresh, name))
    }
    note("changed", actor, fresh, changed=changed)
    return fresh


@transaction.atomic
def add_phase(
    *,
    actor: Actor,
    project: Project,
    name: str,
    on: dt.date,
    now: dt.datetime,
    **described: Unpack[Described],
) -> Project:
    """Open the next phase of an investor's project: an eleventh plant, a second 15 GWh."""
    first = locked(project)
    if first.phase_of is not None:
        raise Refused(OF_A_PHASE.format(name=first.name), field="project")
    numbers = [phase for phase in first.phases.values_list("phase", flat=True) if phase]
    inherited = {
        name: getattr(first, name)
        for name in ("sector", "industry", "chain", "origin", "place", "lead_unit", "chief",
                     "investor", "investor_name", "enterprise", "review_class")
    }  # fmt: skip
    made = create_project(
        actor=actor, name=name, pipeline=first.pipeline, on=on, now=now,
        synthetic=first.synthetic, **{**inherited, **described},
    )  # fmt: skip
    made.phase_of, made.phase = first, max(numbers, default=1) + 1
    made.save(update_fields=["phase_of", "phase"])
    note("phase_added", actor, made, first=first.number, phase=made.phase)
    return made


@transaction.atomic
def set_shares(*, actor: Actor, project: Project, shares: Mapping[Place, Decimal]) -> Project:
    """State which places share a project; nothing shares it with nobody."""
    fresh = locked(project)
    if any(share <= 0 for share in shares.values()):
        raise Refused(NO_PART, field="shares")
    whole = sum(shares.values(), Decimal(0))
    if shares and whole != 1:
        raise Refused(NOT_WHOLE.format(sum=whole), field="shares")
    fresh.shares.all().delete()
    ProjectShare.objects.bulk_create(
        ProjectShare(project=fresh, place=place, share=share) for place, share in shares.items()
    )
    told = {place.code: str(share) for place, share in shares.items()}
    note("shared", actor, fresh, shares=told)
    return fresh


@transaction.atomic
def join_team(*, actor: Actor, project: Project, user: User, role: str, on: dt.date) -> Member:
    """Let somebody work on a project from a day on."""
    fresh = locked(project)
    if fresh.members.filter(user=user, role=role, valid_to__isnull=True).exists():
        raise Refused(IS_MEMBER, field="user")
    member = Member(project=fresh, user=user, role=role, valid_from=on)
    ensure_valid(member)
    member.save()
    note("team_joined", actor, fresh, user=user.username, role=role)
    return member


@transaction.atomic
def leave_team(*, actor: Actor, member: Member, on: dt.date) -> Member:
    """Let somebody leave a project after a day."""
    fresh = locked(member.project)
    member.valid_to = on
    ensure_valid(member)
    member.save(update_fields=["valid_to"])
    note("team_left", actor, fresh, user=member.user.username, role=member.role)
    return member


def _describe(project: Project, described: Mapping[str, Any]) -> None:
    for name, value in described.items():
        if name not in DESCRIBED:
            raise Refused(NO_FIELD.format(name=name), field=name)
        setattr(project, name, value)
    known = {one.id for one in pipeline_named(project.pipeline).exclusions}
    if project.excluded and project.excluded not in known:
        raise Refused(NO_EXCLUSION.format(name=project.excluded), field="excluded")


def _save(project: Project) -> None:
    ensure_valid(project)
    project.save()
    derive(project)


def _plain(value: Any) -> Any:
    """A value as the log keeps it."""
    if value is None or isinstance(value, str | int | bool | list):
        return value
    return str(getattr(value, "pk", value))
