"""Projects: the list, one of them with what is missing for its next stage, its parts."""

from typing import Any, NamedTuple

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.cases import matched
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import Limit
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import projects as shapes
from openzone.www.api.values import Id, Line
from openzone.www.forms.projects import EditProjectForm, NewProjectForm
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit
from openzone.zone.people.permissions import Decision
from openzone.zone.projects.models import Project
from openzone.zone.projects.packs import light_rules, pipeline_names, pipeline_of
from openzone.zone.projects.permissions import may_edit, may_list, may_open, may_rule, may_see
from openzone.zone.projects.selectors import listing
from openzone.zone.projects.selectors.standing import missing_next
from openzone.zone.projects.selectors.works import plan_of
from openzone.zone.projects.services import projects as services
from openzone.zone.registry.models import Place

desk = Desk(KeyArea.PROJECTS)
WITH = ("place", "lead_unit", "chief", "investor", "enterprise", "phase_of", "merged_into")
NO_SUCH = Text("没有“{value}”", "there is no “{value}”")
WITH_RULE = Text("灯色须与规则一起给出", "a light is a light under a rule; name the rule")


@desk.read("/projects", Text("项目列表", "List projects"), shapes.ProjectPart)
def listed(
    asked: Asked, text: Line = "", number: Line = "", pipeline: Line = "", stage: Line = "",
    place: Line = "", unit: Line = "", size: Line = "", origin: Line = "", industry: Line = "",
    pool: Line = "", rule: Line = "", light: Line = "", sort: Line = "new", after: Line = "",
    limit: Limit = 50,
) -> Any:  # fmt: skip
    """Projects the caller may see. `place` and `unit` are codes, a place with all that lies in it.

    `stage` is an id of the pipeline, or `left`; `light` a colour under `rule` in the last month
    that has any; `sort` is new, total or since.
    """
    require(may_list(asked.user, asked.on))
    if light and not rule:
        raise Refused(WITH_RULE, field="rule")
    known = {"pipeline": (pipeline, pipeline_names()), "rule": (rule, light_rules()),
             "sort": (sort, ("new", "total", "since"))}  # fmt: skip
    for name, (value, allowed) in known.items():
        if value and value not in allowed:
            raise Refused(NO_SUCH.format(value=value), field=name)
    chosen = listing.Filter(
        text=text, pipeline=pipeline, stage=stage, place=_pk(Place, place, "place"),
        unit=_pk(Unit, unit, "unit"), size=size, origin=origin, industry=industry, pool=pool,
        rule=rule, light=light, month=listing.latest_month(rule, asked.on) if rule else None,
        numbers=(number,) if number else (), sort=sort or "new",
    )  # fmt: skip
    found = listing.page(listing.projects(chosen, asked.user, asked.on), after=after, size=limit)
    return {"items": found.projects, "next": found.after or None}


def _pk(kind: type[Place] | type[Unit], code: str, field: str) -> int | None:
    if not code:
        return None
    found = kind.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(NO_SUCH.format(value=code), field=field)
    return int(found)


@desk.read("/projects/{pk}", Text("项目详情", "One project"), shapes.ProjectDetail,
           tag=lambda found: str(found.project.last_seq))  # fmt: skip
def get(asked: Asked, pk: Id) -> Any:
    """What a project is, where it stands, and what is missing for each stage that may come next."""
    return shown(asked, seen(asked, pk))


@desk.act("/projects", Text("录入项目", "Bring in a project"), NewProjectForm,
          shapes.ProjectDetail, status=201)  # fmt: skip
def create(asked: Asked, sent: Sent) -> Any:
    """Bring a project into the record, at no stage yet."""
    require(may_open(asked.user, asked.on))
    form = sent.form()
    made = services.create_project(
        actor=asked.actor, pipeline=form.cleaned_data["pipeline"], on=asked.on, now=asked.now,
        **form.described(),
    )  # fmt: skip
    return shown(asked, made)


@desk.act("/projects/{pk}/change", Text("修改项目", "Describe a project anew"), EditProjectForm,
          shapes.ProjectDetail)  # fmt: skip
def change(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Describe a project anew, as a whole: what is not sent is emptied."""
    found = kept(asked, pk)
    services.change_project(actor=asked.actor, project=found, **sent.form(found).described())
    return shown(asked, found)


@desk.read("/projects/{pk}/log", Text("阶段记录", "The log of stages"), list[shapes.StepOut])
def log(asked: Asked, pk: Id) -> Any:
    """Every step in the order it was recorded; nothing is rewritten."""
    return seen(asked, pk).log.select_related("by").order_by("seq")


@desk.read("/projects/{pk}/amounts", Text("投资额", "Amounts"), list[shapes.AmountOut])
def amounts(asked: Asked, pk: Id) -> Any:
    """What the project costs by kind, with every value that was stated before."""
    return seen(asked, pk).amounts.order_by("kind", "on", "pk")


@desk.read("/projects/{pk}/arrivals", Text("到位资金", "Funds"), list[shapes.ArrivalOut])
def arrivals(asked: Asked, pk: Id) -> Any:
    """Funds that arrived, corrections after what they correct."""
    return seen(asked, pk).arrivals.order_by("pk")


@desk.read("/projects/{pk}/papers", Text("材料", "Papers"), list[shapes.PaperOut])
def papers(asked: Asked, pk: Id) -> Any:
    """The papers on file."""
    return seen(asked, pk).papers.order_by("pk")


@desk.read("/projects/{pk}/months", Text("月报", "Months"), list[shapes.MonthOut])
def months(asked: Asked, pk: Id, versions: bool = False) -> Any:
    """What was reported month by month; with `versions` also what was corrected since."""
    reports = seen(asked, pk).months.order_by("month", "version")
    return reports if versions else reports.filter(current=True)


@desk.read("/projects/{pk}/lights", Text("亮灯", "Lights"), shapes.LightsOut)
def lights(asked: Asked, pk: Id, rule: Line = "") -> Any:
    """The colour of every month under every rule, or one of them, the latest first."""
    found = seen(asked, pk)
    if rule and rule not in light_rules():
        raise Refused(NO_SUCH.format(value=rule), field="rule")
    lit = found.lights.order_by("-month", "rule")
    return {
        "lights": lit.filter(rule=rule) if rule else lit,
        "overrides": found.overrides.select_related("set_by").order_by("pk"),
    }


@desk.read("/projects/{pk}/pauses", Text("暂停", "Pauses"), list[shapes.PauseOut])
def pauses(asked: Asked, pk: Id) -> Any:
    """Pauses that were asked for, and what was decided."""
    return seen(asked, pk).pauses.select_related("asked_by", "ruled_by").order_by("pk")


@desk.read("/projects/{pk}/milestones", Text("节点", "Milestones"), list[shapes.MilestoneOut])
def milestones(asked: Asked, pk: Id) -> Any:
    """The milestones, each with the day it is expected on and whether the end hangs on it."""
    found = seen(asked, pk)
    plan = plan_of(found, asked.on)
    rows: list[Any] = list(found.milestones.all())
    for row in rows if plan is not None else ():
        placed = plan[row.code]  # type: ignore[index] # None has no rows
        row.expected, row.critical = placed.expected, placed.critical
    return rows


@desk.read("/projects/{pk}/works", Text("实物工作量", "Works"), list[shapes.WorkOut])
def works(asked: Asked, pk: Id) -> Any:
    """Pieces of work in their own units, planned and done."""
    return seen(asked, pk).items.prefetch_related("plan", "reports")


@desk.read("/projects/{pk}/site", Text("现场", "Days on site"), list[shapes.SiteOut])
def site(asked: Asked, pk: Id) -> Any:
    """People and machines on site by day."""
    return seen(asked, pk).site_days.order_by("on", "pk")


class Shown(NamedTuple):
    """A project with what is worked out about it, as its shape reads it."""

    project: Project
    next: list[Any]
    members: Any
    phases: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.project, name)


def shown(asked: Asked, project: Project) -> Shown:
    """Return a project as it is now, as its shape reads it."""
    fresh = Project.objects.select_related(*WITH).get(pk=project.pk)
    lacking = missing_next(fresh, asked.on)
    pipeline = pipeline_of(fresh)
    following = [
        {"stage": stage, "label": pipeline[stage].label, "missing": found}
        for stage, found in lacking.items()
    ]
    people = fresh.members.select_related("user").order_by("pk")
    return Shown(fresh, following, people, fresh.phases.order_by("phase"))


def seen(asked: Asked, pk: int) -> Project:
    """Return a project the caller may read; another one is not there."""
    found = get_object_or_404(Project.objects.select_related(*WITH), pk=pk)
    hide(may_see(asked.user, found, asked.on))
    return found


def kept(asked: Asked, pk: int) -> Project:
    """Return a project the caller may write into."""
    return _allowed(asked, pk, may_edit)


def ruled(asked: Asked, pk: int) -> Project:
    """Return a project the caller decides about."""
    return _allowed(asked, pk, may_rule)


def _allowed(asked: Asked, pk: int, may: Any) -> Project:
    found = seen(asked, pk)
    decision: Decision = may(asked.user, found, asked.on)
    require(decision)
    return found


def last_seen(asked: Asked, given: int | None) -> int | None:
    """Return the last step a program knew: as `seen`, or with the ETag as `If-Match`."""
    return given if given is not None else matched(asked)
