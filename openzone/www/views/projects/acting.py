"""What somebody does with a project: one small form for each, told apart by the address."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import projects as describing
from openzone.www.forms import projects_money as money
from openzone.www.forms import projects_stages as steps
from openzone.www.forms import projects_works as work
from openzone.www.hands import Hand, hand
from openzone.www.views.projects import acting_pools
from openzone.www.views.projects.common import above, kept, page_of, ruled
from openzone.www.views.projects.doing import STEP, Act, Given, about, simple
from openzone.zone.projects.models import Project
from openzone.zone.projects.services import amounts, months, projects, stages, works


def _amount(who: Hand, project: Project, given: Given) -> object:
    scale = given.pop("scale")
    wording = f"{given['value'] / scale:,f} × {scale}"
    return amounts.state_amount(**who.of("now", "user"), project=project, wording=wording, **given)


def _arrival(who: Hand, project: Project, given: Given) -> object:
    del given["scale"]
    return amounts.record_arrival(**who.of(*STEP), project=project, **given)


def _correction(who: Hand, project: Project, given: Given) -> object:
    del given["scale"]
    return amounts.correct_arrival(**who.of("now", "user"), **given)


def _month(who: Hand, project: Project, given: Given) -> object:
    del given["scale"]
    return months.report_month(**who.of(*STEP), project=project, **given)


def _paper(who: Hand, project: Project, given: Given) -> object:
    return amounts.add_paper(**who.of("now", "user"), project=project, **_file(given))


def _photo(who: Hand, project: Project, given: Given) -> object:
    return works.add_photo(**who.of(*STEP), project=project, **_file(given))


def _file(given: Given) -> Given:
    file = given.pop("file")
    return {**given, "file_name": file.name, "data": file.read()} if file else given


def _phase(who: Hand, project: Project, given: Given) -> object:
    return projects.add_phase(**who.of("now"), project=project, on=who.today, **given)


def _shares(who: Hand, project: Project, given: Given) -> object:
    return projects.set_shares(**who.of(), project=project, shares=given["shares"])


ACTS: Mapping[str, Act] = {
    "enter": Act(steps.EnterForm, _("Enter a stage"), _("Enter the stage"),
                 simple(stages.enter_stage, *STEP), "log"),
    "back": Act(steps.BackForm, _("Go back"), _("Go back"), simple(stages.go_back, *STEP), "log"),
    "leave": Act(steps.LeaveForm, _("Leave the pipeline"), _("Leave"),
                 simple(stages.leave, *STEP), "log"),
    "amount": Act(money.AmountForm, _("State an amount"), _("State it"), _amount, "amounts"),
    "paper": Act(money.PaperForm, _("Add a paper"), _("Add"), _paper, "papers"),
    "arrival": Act(money.ArrivalForm, _("Funds that arrived"), _("Record"), _arrival, "funds"),
    "correct-arrival": Act(money.CorrectArrivalForm, _("Correct an arrival"), _("Correct"),
                           _correction, "funds"),
    "month": Act(money.MonthForm, _("Report a month"), _("Report"), _month, "months"),
    "pause": Act(steps.PauseForm, _("Ask for a pause"), _("Ask for it"),
                 simple(months.ask_pause, "user", "now"), "pauses",
                 sub=_("Somebody else decides. While it lasts no light turns red.")),
    "rule-pause": Act(steps.RulePauseForm, _("Decide on a pause"), _("Decide"),
                      about(months.rule_pause, *STEP), "pauses", rules=True),
    "light": Act(steps.LightForm, _("Set a light by hand"), _("Set"),
                 simple(months.override_light, *STEP), "lights", rules=True),
    "release-light": Act(steps.ReleaseForm, _("Let the rule speak again"), _("Release"),
                         about(months.withdraw_override, "now", "today"), "lights", rules=True),
    "milestone": Act(work.FinishForm, _("A milestone is reached"), _("Record"),
                     about(works.finish_milestone, "today"), "schedule"),
    "item": Act(work.ItemForm, _("Plan a piece of work"), _("Plan"),
                simple(works.plan_item), "works",
                sub=_("Planning the same code again replaces its plan.")),
    "work": Act(work.WorkForm, _("Report work done"), _("Report"),
                about(works.report_work, *STEP), "works"),
    "site": Act(work.SiteForm, _("People and machines on site"), _("Record"),
                simple(works.count_site, *STEP), "site"),
    "photo": Act(work.PhotoForm, _("Add a picture"), _("Add"), _photo, "photos"),
    "phase": Act(describing.PhaseForm, _("Open the next phase"), _("Open"), _phase, "phases"),
    "shares": Act(describing.SharesForm, _("Places that share it"), _("Save"), _shares, "shares"),
    "join": Act(describing.JoinForm, _("Somebody joins the team"), _("Add"),
                simple(projects.join_team), "team"),
    "part": Act(describing.LeaveTeamForm, _("Somebody leaves the team"), _("Record"),
                about(projects.leave_team), "team"),
    **acting_pools.ACTS,
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of a project, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing = ACTS[what]
    project = (ruled if doing.rules else kept)(request, pk)
    who = hand(request)
    form = doing.form(
        project, who.today, posted(request), request.FILES or None, initial=_initial(request, doing)
    )

    def done() -> str:
        doing.do(who, project, dict(form.cleaned_data))
        return page_of(project, doing.part)

    page = FormPage(
        str(doing.heading), str(doing.button), str(_("It is recorded.")), above(project),
        str(doing.sub) or f"{project.number} {project.name}", "projects/act.html",
    )  # fmt: skip
    return answer(request, page, form, done)


def _initial(request: HttpRequest, doing: Act) -> dict[str, str]:
    """Return what the address already says, such as which paper is missing."""
    known = doing.form.base_fields
    return {name: str(value) for name, value in request.GET.items() if name in known}
