"""What waits for whom: the line of stages of one application, and everybody's desk."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet

from openzone.engines.text import Text
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.redemption import packs
from openzone.zone.redemption.enums import ENDED, Stage
from openzone.zone.redemption.flow import STAGES
from openzone.zone.redemption.models import Application, Opinion
from openzone.zone.redemption.permissions import applied, are_party, routing_unit
from openzone.zone.registry.models import Enterprise, EnterpriseStaff

_OF_THE_ZONE = (
    Stage.FORMALITY,
    Stage.REVIEW,
    Stage.PROPOSAL,
    Stage.PUBLICITY,
    Stage.APPROVAL,
    Stage.ORDER,
    Stage.PAYMENT,
)
_OF_THE_ENTERPRISE = (
    Stage.DRAFT,
    Stage.INTENTION,
    Stage.CORRECTION,
    Stage.RECEIPT,
    Stage.EVALUATION,
)


@dataclass(frozen=True, slots=True)
class Point:
    """A stage on the line of one application: when it came there, how long it may take."""

    stage: Stage
    label: Text
    holder: Text
    entered_at: dt.datetime | None
    due_at: dt.datetime | None
    state: str  # done, now or next
    limit: str
    verified: str


def line(application: Application) -> list[Point]:
    """Return the stages an application passes, with dates for those it has reached."""
    reached: dict[str, dt.datetime] = {}
    for step in application.steps.order_by("seq"):
        if step.stage_from != step.stage_to or step.seq == 1:
            reached[step.stage_to] = step.at
    order = [Stage(rule.stage) for rule in application.rules_of_procedure.stages]
    now = Stage(application.stage)
    if now not in order:
        order.insert(_place(now, order, reached), now)
    position = order.index(now)
    return [
        _point(application, stage, reached, position, index) for index, stage in enumerate(order)
    ]


def _place(now: Stage, order: list[Stage], reached: dict[str, dt.datetime]) -> int:
    """Return where a wait or an end stands: after the last stage that was reached."""
    behind = [index for index, stage in enumerate(order) if stage in reached]
    if now in ENDED:
        return (behind[-1] + 1) if behind else 0
    return behind[-1] if behind and now == Stage.CORRECTION else (behind[-1] + 1 if behind else 0)


def _point(
    application: Application,
    stage: Stage,
    reached: dict[str, dt.datetime],
    position: int,
    index: int,
) -> Point:
    rule = application.rules_of_procedure.rule(stage)
    state = "now" if index == position else "done" if index < position else "next"
    return Point(
        stage,
        STAGES[stage],
        holder(application, stage),
        reached.get(stage) if state != "next" else None,
        application.due_at if state == "now" else None,
        state,
        rule.limit if rule and rule.limit else "",
        rule.verified if rule and rule.verified else "",
    )


def holder(application: Application, stage: Stage) -> Text:
    """Say who holds an application at a stage."""
    if stage in ENDED:
        return Text("", "")
    rule = application.rules_of_procedure.rule(stage)
    if stage in _OF_THE_ENTERPRISE or (rule and rule.who == "enterprise"):
        return Text("企业", "enterprise")
    if rule is None:
        return Text("等待预算", "waiting for budget")
    if rule.automatic:
        return Text("系统", "system")
    party = packs.parties().get(rule.who)
    if party is None:
        return Text("被征求意见的单位和评审人", "units and reviewers who were asked")
    unit = routing_unit(application.item) if rule.who in ("owner", "formality") else None
    label = party.label.text
    return Text(unit.name, unit.name_en or unit.name) if unit else label


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person can do now; ``opinion`` where one was asked of them."""

    application: Application
    due_at: dt.datetime | None
    opinion: Opinion | None = None

    def urgency(self, now: dt.datetime) -> str:
        """Say how it stands with the time: late, soon (two days), later or none."""
        if self.due_at is None:
            return "none"
        if self.due_at < now:
            return "late"
        return "soon" if self.due_at - now < dt.timedelta(days=2) else "later"


def desk(user: User, on: dt.date) -> list[Task]:
    """Return what waits for somebody of the zone, the most urgent first."""
    rows = routed(Application.objects.filter(stage__in=_OF_THE_ZONE))
    hands = _Hands(user, on)
    tasks = [
        Task(application, application.due_at)
        for application in rows.order_by("pk")
        if hands.holds(application)
    ]
    tasks += _opinions(user, on)
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(tasks, key=lambda task: (task.due_at or far, task.application.pk))


def routed(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Read along what says who answers for each application."""
    found = applications.select_related("item__document", "item__owner", "enterprise")
    return found.prefetch_related("item__document__issuers__unit")


class _Hands:
    """Whether somebody is of the party that a stage waits for; all that is known is read once."""

    def __init__(self, user: User, on: dt.date) -> None:
        self.user, self.posts = user, list(memberships_of(user, on))
        self.own = set(enterprises_of(user, on).values_list("pk", flat=True))
        open_ = Opinion.objects.filter(given_at=None, round=F("application__round"))
        self.asked = set(open_.values_list("application_id", flat=True))

    def holds(self, application: Application) -> bool:
        stage = Stage(application.stage)
        rule = application.rules_of_procedure.rule(stage)
        party = rule.who if rule else ""
        if stage is Stage.REVIEW:
            # Whom to ask is decided by the unit that answers for the item.
            party = "" if application.pk in self.asked else "owner"
        own = applied(self.user, application) or application.enterprise.root_id in self.own
        return not own and are_party(self.posts, party, application.item)


def _opinions(user: User, on: dt.date) -> Iterator[Task]:
    units = [post.unit_id for post in memberships_of(user, on)]
    asked = Opinion.objects.filter(given_at=None, application__stage=Stage.REVIEW).select_related(
        "application__item", "application__enterprise", "unit", "reviewer"
    )
    for opinion in asked.order_by("pk"):
        if opinion.reviewer_id == user.pk or (
            opinion.reviewer_id is None and opinion.unit_id in units
        ):
            yield Task(opinion.application, opinion.due_at, opinion)


def enterprises_of(user: User, on: dt.date) -> QuerySet[Enterprise]:
    """Return the enterprises somebody speaks for, those merged away as what they are part of."""
    from openzone.zone.people.selectors import on_day

    posts = EnterpriseStaff.objects.filter(on_day(on), user=user)
    firms = Enterprise.objects.filter(staff__in=posts)
    return Enterprise.objects.filter(cluster__in=firms).distinct().order_by("name")


def applications_of(user: User, on: dt.date) -> QuerySet[Application]:
    """Return the applications of the enterprises somebody speaks for, the latest first."""
    firms = enterprises_of(user, on)
    found = Application.objects.filter(enterprise__root__in=firms)
    return routed(found).order_by("-id")


def waits_for_enterprise(application: Application) -> bool:
    """Whether the enterprise is asked for something."""
    return application.stage in _OF_THE_ENTERPRISE
