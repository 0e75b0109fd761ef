"""What is done with a project: its stages, money, months, pauses, lights, works, people."""

from collections.abc import Callable
from typing import Any

from django import forms

from openzone.engines.text import Text
from openzone.www.api.areas.projects import desk, kept, last_seen, ruled, shown
from openzone.www.api.bodies import Body
from openzone.www.api.desk import IF_MATCH
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.projects import ProjectDetail
from openzone.www.api.values import Day, Id, Line, Whole
from openzone.www.forms import projects as describing
from openzone.www.forms import projects_money as money
from openzone.www.forms import projects_stages as steps
from openzone.www.forms import projects_works as work
from openzone.zone.projects.models import Project
from openzone.zone.projects.services import amounts, months, projects, stages, works

Given = dict[str, Any]
Do = Callable[[dict[str, Any], Project, Given], object]


def act(
    what: str, summary: Text, form: type[forms.Form], *needs: str, rules: bool = False,
    step: bool = False,
) -> Callable[[Do], Do]:  # fmt: skip
    """Register what a form of a project's page does: ``do(who, project, given)``.

    ``needs``: what its service asks for beside the actor; ``rules``: for those who decide;
    ``step``: it moves the project, and heeds the last step the program knew.
    """

    def register(do: Do) -> Do:
        def run(asked: Asked, sent: Sent, pk: Id) -> Any:
            project = (ruled if rules else kept)(asked, pk)
            given = sent.given(project, asked.on)
            if step:
                given["seen"] = last_seen(asked, given["seen"])
            do(of(asked, *needs), project, given)
            return shown(asked, project)

        run.__name__, run.__doc__, run.__module__ = do.__name__, do.__doc__, do.__module__
        headers = [IF_MATCH] if step else []
        desk.act(f"/projects/{{pk}}/{what}", summary, form, ProjectDetail, headers=headers)(run)
        return do

    return register


def of(asked: Asked, *names: str) -> dict[str, Any]:
    """Return the actor and what else a service asks for, by its name."""
    known = {"user": asked.user, "now": asked.now, "today": asked.on}
    return {"actor": asked.actor, **{name: known[name] for name in names}}


def filed(given: Given) -> Given:
    """Return what a form gave, with its file as services take it."""
    file = given.pop("file")
    return {**given, "file_name": file.name, "data": file.read()} if file else given


ALL = ("user", "now", "today")


@act("enter", Text("进入阶段", "Enter a stage"), steps.EnterForm, *ALL, step=True)
def enter(who: Given, project: Project, given: Given) -> object:
    """The project comes to a stage; everything that is missing for it is named at once."""
    return stages.enter_stage(**who, project=project, **given)


@act("back", Text("退回", "Go back"), steps.BackForm, *ALL, step=True)
def back(who: Given, project: Project, given: Given) -> object:
    """The project goes back; `void` is `really`, or `mistake`: then it was never counted."""
    return stages.go_back(**who, project=project, **given)


@act("leave", Text("退出流程", "Leave the pipeline"), steps.LeaveForm, *ALL, step=True)
def leave(who: Given, project: Project, given: Given) -> object:
    """The project leaves the pipeline, for a reason of its pack."""
    return stages.leave(**who, project=project, **given)


@act("amount", Text("登记金额", "State an amount"), money.AmountForm, "now", "user")
def amount(who: Given, project: Project, given: Given) -> object:
    """State what it costs, in units of `scale`; an earlier one stays and needs a reason."""
    scale = given.pop("scale")
    wording = f"{given['value'] / scale:,f} × {scale}"
    return amounts.state_amount(**who, project=project, wording=wording, **given)


@act("paper", Text("归档材料", "Add a paper"), money.PaperForm, "now", "user")
def paper(who: Given, project: Project, given: Given) -> object:
    """File what proves something: a file, a document number, or both."""
    return amounts.add_paper(**who, project=project, **filed(given))


@act("arrival", Text("登记到位资金", "Funds that arrived"), money.ArrivalForm, *ALL)
def arrival(who: Given, project: Project, given: Given) -> object:
    """Record funds that arrived, in units of `scale`."""
    del given["scale"]
    return amounts.record_arrival(**who, project=project, **given)


@act("arrival-correction", Text("更正到位资金", "Correct an arrival"), money.CorrectArrivalForm,
     "now", "user")  # fmt: skip
def correct_arrival(who: Given, project: Project, given: Given) -> object:
    """Say what really arrived; what was recorded stays beside it."""
    del given["scale"]
    return amounts.correct_arrival(**who, **given)


@act("month", Text("填报月报", "Report a month"), money.MonthForm, *ALL)
def month(who: Given, project: Project, given: Given) -> object:
    """Report a month: progress in per cent and cumulative, investment in units of `scale`."""
    del given["scale"]
    return months.report_month(**who, project=project, **given)


@act("pause", Text("申请暂停", "Ask for a pause"), steps.PauseForm, "user", "now")
def pause(who: Given, project: Project, given: Given) -> object:
    """Ask that work may rest; somebody else decides."""
    return months.ask_pause(**who, project=project, **given)


@act("pause-decision", Text("决定暂停", "Decide on a pause"), steps.RulePauseForm, *ALL, rules=True)
def rule_pause(who: Given, project: Project, given: Given) -> object:
    """Agree to a pause or not, once, and never one's own."""
    return months.rule_pause(**who, **given)


@act("light", Text("人工调灯", "Set a light by hand"), steps.LightForm, *ALL, rules=True)
def set_light(who: Given, project: Project, given: Given) -> object:
    """Set a light with a reason and a day on which it ends by itself."""
    return months.override_light(**who, project=project, **given)


@act("light-release", Text("恢复按规则亮灯", "Let the rule speak again"), steps.ReleaseForm,
     "now", "today", rules=True)  # fmt: skip
def release_light(who: Given, project: Project, given: Given) -> object:
    """Take back a light that was set by hand."""
    return months.withdraw_override(**who, **given)


class MilestoneIn(Body):
    """A milestone; ``after`` are codes of those it waits for, ``fixed`` a day it cannot pass."""

    code: Line
    title: Line
    planned: Day | None = None
    days: Whole | None = None
    after: list[Line] = []
    fixed: Day | None = None
    fixed_reason: Line = ""


class MilestonesIn(Body):
    """The milestones of a project, as a whole."""

    milestones: list[MilestoneIn]


@desk.act("/projects/{pk}/milestones", Text("编排节点", "Plan milestones"), MilestonesIn,
          ProjectDetail)  # fmt: skip
def plan_milestones(asked: Asked, sent: MilestonesIn, pk: Id) -> Any:
    """Plan the milestones anew, as a whole; what is done keeps its day."""
    project = kept(asked, pk)
    planned = [one.model_dump() for one in sent.milestones]
    works.plan_milestones(**of(asked, "today"), project=project, milestones=planned)
    return shown(asked, project)


@act("milestone", Text("节点完成", "A milestone is reached"), work.FinishForm, "today")
def finish_milestone(who: Given, project: Project, given: Given) -> object:
    """Say on which day a milestone was reached; without a day it was not after all."""
    return works.finish_milestone(**who, **given)


@act("item", Text("编排工作量", "Plan a piece of work"), work.ItemForm)
def plan_item(who: Given, project: Project, given: Given) -> object:
    """Plan a piece of work in its unit; `plan` has a day and how much in all, one in a line."""
    return works.plan_item(**who, project=project, **given)


@act("work", Text("填报工作量", "Report work done"), work.WorkForm, *ALL)
def report_work(who: Given, project: Project, given: Given) -> object:
    """Report how much of a piece of work is done in all."""
    return works.report_work(**who, **given)


@act("site", Text("填报现场", "People and machines on site"), work.SiteForm, *ALL)
def count_site(who: Given, project: Project, given: Given) -> object:
    """Say how many people and machines were on site."""
    return works.count_site(**who, project=project, **given)


@act("photo", Text("上传照片", "Add a picture"), work.PhotoForm, *ALL)
def photo(who: Given, project: Project, given: Given) -> object:
    """Add a picture of the site."""
    return works.add_photo(**who, project=project, **filed(given))


@act("phase", Text("新增一期", "Open the next phase"), describing.PhaseForm, "now", "today")
def add_phase(who: Given, project: Project, given: Given) -> object:
    """Open the next phase of an investor's project."""
    on = who.pop("today")
    return projects.add_phase(**who, project=project, on=on, **given)


@act("shares", Text("设定分享", "Places that share it"), describing.SharesForm)
def set_shares(who: Given, project: Project, given: Given) -> object:
    """State which places share it: one in a line, its code and its part in per cent."""
    return projects.set_shares(**who, project=project, shares=given["shares"])


@act("join", Text("加入项目组", "Somebody joins the team"), describing.JoinForm)
def join(who: Given, project: Project, given: Given) -> object:
    """Let somebody work on a project from a day on."""
    return projects.join_team(**who, project=project, **given)


@act("part", Text("退出项目组", "Somebody leaves the team"), describing.LeaveTeamForm)
def part(who: Given, project: Project, given: Given) -> object:
    """Let somebody leave after a day."""
    return projects.leave_team(**who, **given)
