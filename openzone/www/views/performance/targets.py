"""Targets: the list, one of them, the projects behind it, over half, and what is done with them."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.projects.performance import Signal
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import performance as forms
from openzone.www.hands import Hand, hand, user_of
from openzone.www.views.agreements.common import upload
from openzone.www.views.exports import send
from openzone.www.views.performance import common
from openzone.www.views.performance.drawing import Line, label_of, line, rows, whose
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.models import Completion, Target
from openzone.zone.performance.packs import pack
from openzone.zone.performance.permissions import may_answer, may_list, may_manage, may_report
from openzone.zone.performance.selectors import targets as selectors
from openzone.zone.performance.services import completions
from openzone.zone.performance.services import targets as services
from openzone.zone.registry.permissions import may_export

BEHIND = frozenset({Signal.BEHIND, Signal.FAR_BEHIND})


def _chosen(request: HttpRequest, form: forms.TargetFilter, today: dt.date) -> list[Line]:
    """Return the targets asked for, as they are today or were at the end of their year."""
    require(may_list(request.user, today))
    year = form.chosen_year()
    found = selectors.of_year(selectors.visible(user_of(request), today), year)
    given = form.cleaned_data if form.is_valid() else {}
    if given.get("scope"):
        found = found.filter(scope=given["scope"])
    on = min(today, dt.date(year, 12, 31))
    standings = sorted(selectors.standings(found, on), key=_order)
    return [line(one) for one in standings if not given.get("behind") or one.signal in BEHIND]


def _order(one: selectors.Standing) -> tuple[int, str, int, str]:
    """The zone first, then units, then people; of each one year before several."""
    target = one.target
    place = ScopeKind.values.index(target.scope)
    return place, target.scope_key, target.last_year - target.first_year, target.indicator


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the targets of a year with how far each is."""
    today, form = timezone.localdate(), forms.TargetFilter(request.GET)
    found = _chosen(request, form, today)
    context = {
        "form": form,
        "tabs": common.tabs("targets"),
        "year": form.chosen_year(),
        "lines": found,
        "behind": [one for one in found if one.standing.signal in BEHIND],
        "warning": pack().warning,
        "may_manage": may_manage(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "performance/targets.html", context, status=status)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the targets asked for; the log notes who took them away."""
    today, form = timezone.localdate(), forms.TargetFilter(request.POST)
    found = _chosen(request, form, today)
    require(may_export(request.user, today))
    sheet = excel.Table(
        [_("Indicator"), _("Whose target"), _("Years"), _("Unit"), _("Target"), _("Reached"),
         _("Completion (%)"), _("Time passed (%)"), _("Needed each month"), _("State"),
         _("Document it stands in")],
        [_cells(one) for one in found],
        [_("Targets"), excel.as_of_note(today)],
        excel.in_example_zone(),
    )  # fmt: skip
    filters = {"year": str(form.chosen_year())}
    return send(request, sheet, what="targets", name=_("Targets"), filters=filters)


def _cells(one: Line) -> list[Any]:
    target, made = one.standing.target, one.standing.completion
    unit = pack().unit_of(target.indicator)
    scale = unit.scale
    return [
        one.label, one.whose, one.years, say(unit.label.text), target.amount / scale,
        None if made.reached is None else made.reached / scale,
        None if made.share is None else round(made.share * 100, 2), round(made.time * 100, 2),
        None if made.rate_needed is None else round(made.rate_needed / scale, 4), say(one.word),
        target.document,
    ]  # fmt: skip


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a target: how far it is, what was reported, every change."""
    found, today = common.target_seen(request, pk), timezone.localdate()
    current = not found.withdrawn and not Target.objects.filter(replaces=found).exists()
    drawn = line(selectors.standing(found, today))
    reported = not drawn.standing.computed
    context = {
        "target": found,
        "current": current,
        "line": drawn,
        "indicator": pack().indicator(found.indicator),
        "unit": pack().unit_of(found.indicator),
        "reports": [
            (one, getattr(one, "answer", None), _answers(request, one, today))
            for one in selectors.reports_of(found)
        ],
        "history": selectors.history(found),
        "newest": common.newest(found),
        "may_manage": current and may_manage(request.user, today).allowed,
        "may_report": current and reported and may_report(request.user, found, today).allowed,
        "time": None
        if selectors.is_level(drawn.standing.indicator)
        else drawn.standing.completion.time,
    }
    return render(request, "performance/target.html", context)


def _answers(request: HttpRequest, one: Completion, today: dt.date) -> bool:
    return not hasattr(one, "answer") and may_answer(request.user, one, today).allowed


@require_GET
def behind(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the projects a computed completion is made of."""
    found, today = common.target_seen(request, pk), timezone.localdate()
    standing = selectors.standing(found, today)
    if not standing.computed or standing.indicator is None:
        raise Http404
    drawn, hidden = rows(standing.measured, found.indicator, user_of(request), today)
    context = {
        "heading": label_of(found.indicator),
        "sub": f"{whose(found)} · {line(standing).reached}",
        "crumbs": common.above_target(found),
        "rows": drawn,
        "hidden": hidden,
        "basis": standing.indicator.note.text if standing.indicator.note else None,
    }
    return render(request, "performance/rows.html", context)


@require_GET
def over_half(request: HttpRequest) -> HttpResponse:
    """Show whether time and task are over half (双过半)."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = forms.TargetFilter(request.GET)
    found = selectors.over_half(form.chosen_year(), today)
    headline = [one for one in pack().indicators if one.headline]
    with_target = {one.target.indicator for one in found.standings}
    context = {
        "form": form,
        "tabs": common.tabs("over_half"),
        "year": form.chosen_year(),
        "found": found,
        "lines": [(line(one), one.completion.share is not None and one.completion.share * 2 >= 1)
                  for one in found.standings],
        "without": [one for one in headline if one.id not in with_target],
        "may_manage": may_manage(request.user, today).allowed,
    }  # fmt: skip
    status = 200 if form.is_valid() else 400
    return render(request, "performance/half.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set a target."""
    who = hand(request)
    require(may_manage(request.user, who.today))
    asked = {name: value for name, value in request.GET.items() if name in {"indicator", "scope"}}
    form = forms.TargetForm(posted(request), initial=asked)

    def do() -> str:
        made = services.set_target(**who.of("user", "now"), **form.cleaned_data)
        return reverse("target", args=[made.pk])

    page = FormPage(
        _("Set a target"),
        _("Set a target"),
        _("It is recorded."),
        common.above_target(),
        "",
        common.FORM,
    )
    return answer(request, page, form, do)


class Act(NamedTuple):
    """A form of a target, what it is called, and what it does."""

    form: type[forms.OfTarget]
    heading: Promise
    button: Promise
    do: Callable[[Hand, Target, dict[str, Any]], Target]


def _change(who: Hand, target: Target, given: dict[str, Any]) -> Target:
    return services.change_target(**who.of("user", "now"), target=target, **given)


def _withdraw(who: Hand, target: Target, given: dict[str, Any]) -> Target:
    return services.withdraw_target(**who.of("user", "now"), target=target, **given)


ACTS: Mapping[str, Act] = {
    "change": Act(
        forms.ChangeForm, gettext_lazy("Change the target"), gettext_lazy("Change"), _change
    ),
    "withdraw": Act(
        forms.WithdrawForm, gettext_lazy("Withdraw the target"), gettext_lazy("Withdraw"), _withdraw
    ),
}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Change a target, or take it back."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.target_kept(request, pk), hand(request)
    form = doing.form(found, posted(request))

    def do() -> str:
        return reverse("target", args=[doing.do(who, found, dict(form.cleaned_data)).pk])

    page = FormPage(
        str(doing.heading), str(doing.button), _("It is recorded."), common.above_target(found),
        f"{label_of(found.indicator)} · {whose(found)}", common.FORM,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report what was reached."""
    found, who = common.target_seen(request, pk), hand(request)
    require(may_report(request.user, found, who.today))
    form = forms.CompletionForm(found, posted(request), request.FILES or None)

    def do() -> str:
        completions.report_completion(
            **who.of("user", "now", "today"), target=found, **upload(dict(form.cleaned_data))
        )
        return reverse("target", args=[common.newest(found).pk])

    page = FormPage(
        _("Report what was reached"), _("Report what was reached"),
        _("It counts once somebody else confirms it."),
        common.above_target(found), f"{label_of(found.indicator)} · {whose(found)}", common.FORM,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a report, or return it."""
    found, who = common.completion_of(request, pk), hand(request)
    require(may_answer(request.user, found, who.today))
    form = forms.AnswerForm(posted(request))
    target = found.target

    def do() -> str:
        completions.answer_completion(
            **who.of("user", "now"), completion=found, **form.cleaned_data
        )
        return reverse("target", args=[common.newest(target).pk])

    page = FormPage(
        _("Confirm or return"), _("Confirm or return"), _("It is recorded."),
        common.above_target(target), f"{label_of(target.indicator)} · {found.on} · {found.text}",
        common.FORM,
    )  # fmt: skip
    return answer(request, page, form, do)
