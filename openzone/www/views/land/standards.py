"""Standard land: the board, one agreement with its promises and checks, what is done with it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.projects.landcheck import CheckState, Light
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import land_work as forms
from openzone.www.forms.projects_lists import ALL
from openzone.www.hands import Hand, hand, user_of
from openzone.www.views.exports import send
from openzone.www.views.land import common
from openzone.www.views.land.words import CHECKS, LIGHTS
from openzone.zone.land.enums import StandardState
from openzone.zone.land.models import StandardLand
from openzone.zone.land.packs import pack
from openzone.zone.land.permissions import may_check, may_keep, visible
from openzone.zone.land.selectors.standards import (
    Line,
    Row,
    board,
    due_checks,
    known,
    lines,
    obligations,
)
from openzone.zone.land.services import checks, standards
from openzone.zone.projects.permissions import may_list
from openzone.zone.registry.permissions import may_export

TEMPLATE = "projects/act.html"
Given = dict[str, Any]


class StandardFilter(django_forms.Form):
    """Which agreements: how they stand, how their checks stand, what was found."""

    state = django_forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[ALL, *StandardState.choices]
    )
    check = django_forms.ChoiceField(label=gettext_lazy("Checks of promises"), required=False)
    light = django_forms.ChoiceField(label=gettext_lazy("What was found"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        checks_ = [(one.value, say(CHECKS[one][0])) for one in CheckState]
        lights = [(one.value, say(LIGHTS[one][0])) for one in Light]
        self.fields["check"].choices = [ALL, *checks_]  # type: ignore[attr-defined]
        self.fields["light"].choices = [ALL, *lights]  # type: ignore[attr-defined]

    def matches(self, row: Row) -> bool:
        """Whether an agreement is asked for."""
        state, check = self.cleaned_data["state"], self.cleaned_data["check"]
        light = self.cleaned_data["light"]
        return (
            state in ("", row.standard.state)
            and (not check or any(one.state == check for one in row.checks))
            and (not light or row.lights[Light(light)] > 0)
        )


def _rows(request: HttpRequest, form: StandardFilter) -> list[Row]:
    today = timezone.localdate()
    rows = board(visible(user_of(request), today), today)
    return [row for row in rows if form.matches(row)] if form.is_valid() else []


@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Show every agreement: the checks to come, what was found, what is open."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = StandardFilter(request.GET)
    rows = _rows(request, form)
    rule = pack().standard
    context = {
        "form": form,
        "tabs": common.tabs("standard_land"),
        "rows": [(row, [(due, *CHECKS[due.state]) for due in row.checks]) for row in rows],
        "lights": [(light, *LIGHTS[light], sum(row.lights[light] for row in rows))
                   for light in Light],
        "open_cases": sum(row.open_cases for row in rows),
        "overdue": sum(due.state is CheckState.OVERDUE for row in rows for due in row.checks),
        "rule": rule,
        "may_export": may_export(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "land/standards.html", context, status=200 if form.is_valid() else 400)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download promises and what was found, a row a promise; the log notes who took them."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    form = StandardFilter(request.POST)
    rows = _rows(request, form)
    sheet = excel.Table(
        [_("Parcel number"), _("Agreement number"), _("Who promises"), _("Indicator"),
         _("Unit"), _("Promised figure"), _("Figure reached"), _("What was found"),
         _("Checked on"), _("Checked by"),
         _("Number of the case")],
        [_cells(row.standard, line) for row in rows for line in lines(row.standard)],
        [_("Standard land"), excel.as_of_note(today)],
        any(row.standard.parcel.synthetic for row in rows) or excel.in_example_zone(),
    )  # fmt: skip
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="standard_land", name=_("Standard land"), filters=given)


def _cells(one: StandardLand, line: Line) -> list[Any]:
    unit = line.indicator.unit
    return [
        one.parcel.number, one.number, one.promiser, say(line.indicator.label.text),
        say(unit.text) if unit else None, line.promised, line.reached,
        say(LIGHTS[line.light][0]), line.check.on if line.check else None,
        str(line.check.checker) if line.check else None,
        line.obligation.case.number if line.obligation else None,
    ]  # fmt: skip


@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agreement: every promise with its light, every check with its evidence."""
    found, today = common.standard_seen(request, pk), timezone.localdate()
    rule = pack().standard
    groups = [
        (group, [(line, *LIGHTS[line.light]) for line in lines(found)
                 if line.indicator.group == group.id])
        for group in rule.groups
    ]  # fmt: skip
    signed = found.state == StandardState.SIGNED
    context = {
        "standard": found,
        "groups": [(say(group.label.text), rows) for group, rows in groups if rows],
        "due": [(one, *CHECKS[one.state]) for one in due_checks(found, today)] if signed else [],
        "checks": [(one, obligations(one)) for one in found.checks.all()][::-1],
        "control": rule.control(found.control),
        "rule": rule,
        "edits": may_keep(request.user, found.parcel, today).allowed,
        "may_check": may_check(request.user, found, today),
        "consequences": {one.id: say(one.label.text) for one in rule.consequences},
    }
    return render(request, "land/standard.html", context)


class Act(NamedTuple):
    """A form of an agreement, what it is called, and what it does."""

    form: Any
    heading: Promise
    button: Promise
    do: Callable[[Hand, StandardLand, Given], object]


def _promise(who: Hand, found: StandardLand, given: Given) -> object:
    return standards.promise_anew(**who.of(), standard=found, **given)


def _sign(who: Hand, found: StandardLand, given: Given) -> object:
    given = common.upload(given)
    return standards.sign_standard(**who.of("user", "today"), standard=found, **given)


def _end(who: Hand, found: StandardLand, given: Given) -> object:
    return standards.end_standard(**who.of("today"), standard=found, **given)


def _discard(who: Hand, found: StandardLand, given: Given) -> str:
    standards.discard_standard(**who.of(), standard=found)
    return common.page_of(found.parcel)


ACTS: Mapping[str, Act] = {
    "promise": Act(
        forms.PromiseAnewForm, gettext_lazy("Change what is promised"), gettext_lazy("Save"),
        _promise,
    ),
    "sign": Act(
        forms.SignStandardForm, gettext_lazy("Sign the agreement"), gettext_lazy("Sign"), _sign
    ),
    "end": Act(forms.EndStandardForm, gettext_lazy("End the agreement"), gettext_lazy("End"), _end),
    "discard": Act(
        forms.DiscardStandardForm, gettext_lazy("Discard the draft"), gettext_lazy("Discard"),
        _discard,
    ),
}  # fmt: skip
CHECK_FORMS = {"completion": forms.CompletionCheckForm, "full_output": forms.OutputCheckForm}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of an agreement, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.standard_seen(request, pk), hand(request)
    require(may_keep(request.user, found.parcel, who.today))
    files = (request.FILES or None,) if what == "sign" else ()
    form = doing.form(found, posted(request), *files)

    def do() -> str:
        made = doing.do(who, found, dict(form.cleaned_data))
        return made if isinstance(made, str) else reverse("standard_agreement", args=[found.pk])

    page = FormPage(
        str(doing.heading), str(doing.button), _("It is recorded."),
        common.above_standard(found), str(found.parcel), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Check what was promised, with evidence; a miss becomes a case."""
    if stage not in CHECK_FORMS:
        raise Http404
    found, who = common.standard_seen(request, pk), hand(request)
    require(may_check(request.user, found, who.today))
    form = CHECK_FORMS[stage](found, posted(request), request.FILES or None)
    form.tell(known(found, who.today))

    def do() -> str:
        given = common.upload(dict(form.cleaned_data))
        checks.check_standard(
            **who.of("user", "now", "today"), standard=found, stage=stage, **given
        )
        return reverse("standard_agreement", args=[found.pk])

    page = FormPage(
        str(CHECK_FORMS[stage].stage.label), _("Record the check"), _("The check is recorded."),
        common.above_standard(found),
        _("A figure left empty stays unknown and keeps the check open."), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)
