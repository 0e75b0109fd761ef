"""The window for what could not be done: causes, root causes, and the referral of conduct."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer
from openzone.www.forms.desks import ConductForm, DaysForm
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.permissions import may_coordinate, may_see, may_see_reports
from openzone.zone.cases.register_permissions import may_suggest_change
from openzone.zone.cases.selectors.window import Cause, Root, Tally, tally
from openzone.zone.cases.services.window import WINDOW, refer_conduct

CAUSES = {
    Cause.OPEN: gettext_lazy("Cause not found yet"),
    Cause.CANNOT: gettext_lazy("A rule stands against it"),
    Cause.HARD: gettext_lazy("A condition is lacking"),
    Cause.CONDUCT: gettext_lazy("A matter of conduct"),
    Cause.EXCLUDED: gettext_lazy("Not for this desk"),
}


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show what was found, and which rules and lacks stood behind it."""
    today = timezone.localdate()
    require(may_see_reports(request.user, today))
    form = DaysForm.of(request.GET, today)
    valid = form.is_valid()
    may_refer = may_coordinate(request.user, today).allowed
    counted = tally(**form.cleaned_data) if valid else Tally((), (), ())
    context = {
        "form": form,
        "causes": [(CAUSES[cause], counted.of(cause), cause.value) for cause in CAUSES],
        # Which cases were a matter of conduct is for who refers them; others see how many.
        "hidden": "" if may_refer else Cause.CONDUCT.value,
        "lacking": [(_lack(counted, name), count) for name, count in counted.lacking],
        "roots": [(root, _suggesting(root)) for root in counted.roots],
        "may_suggest": may_suggest_change(request.user, today).allowed,
        "may_refer": may_refer,
    }
    return render(request, "desks/window.html", context, status=200 if valid else 400)


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a matter of conduct: a confidential case goes to supervision."""
    today = timezone.localdate()
    case = get_object_or_404(Case.objects.select_related("version", "lead"), pk=pk, kind=WINDOW)
    require(may_see(request.user, case, today))
    require(may_coordinate(request.user, today))
    sent = request.method == "POST"
    form = ConductForm(request.POST, request.FILES) if sent else ConductForm()
    there = reverse("case", args=[pk])

    def act() -> str:
        refer_conduct(
            actor=Actor.of(request.user), case=case, now=timezone.now(),
            by=request.user,  # type: ignore[arg-type] # logged in
            **form.cleaned_data,
        )  # fmt: skip
        return there

    crumbs = (Crumb(reverse("window"), _("Could not get it done")), Crumb(there, case.number))
    words = FormPage(
        _("Refer a matter of conduct"), _("Refer"), _("It is referred."), crumbs, case.title,
        "desks/form_file.html",
    )  # fmt: skip
    return answer(request, words, form, act)


def _suggesting(root: Root) -> str:
    """Return the address of a suggestion with the rule and its cases filled in."""
    numbers = "\n".join(case.number for case in root.cases)
    given = {"rule": root.law, "clause": root.clause, "cases": numbers}
    return f"{reverse('rule_change_new')}?{urlencode(given)}"


def _lack(counted: Tally, name: str) -> Text:
    """Return what a lack is called in the case type."""
    of = next(one.case for one in counted.found if name in (one.said.get("lacking") or ()))
    form = type_of(of.version).actions[Cause.HARD].form
    labels = {choice.id: choice.label for field in form for choice in field.choices}
    return labels.get(name, Text(name, name))
