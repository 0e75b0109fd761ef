"""One fact of one enterprise: every statement ever made, and making a new one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.www import asof
from openzone.www.access import require
from openzone.www.converters import is_record_number
from openzone.www.forms import refusals
from openzone.www.forms.facts import FactForm, ReasonForm
from openzone.www.known import Sight
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Enterprise, Source
from openzone.zone.registry.packs import IDENTITY, catalogue
from openzone.zone.registry.permissions import may_correct, may_reveal, may_see_enterprise
from openzone.zone.registry.selectors.facts import KnownFact, facts_of, history
from openzone.zone.registry.services.access import reveal_sensitive
from openzone.zone.registry.services.facts import correct_fact, state_facts, withdraw_fact


class Page:
    """What every view here needs: who asks about which fact of whom, on which day."""

    def __init__(self, request: HttpRequest, pk: int, name: str) -> None:
        self.request = request
        self.actor = Actor.of(request.user)
        self.today, self.as_of = timezone.localdate(), asof.as_of(request)
        self.enterprise = get_object_or_404(Enterprise, pk=pk)
        require(may_see_enterprise(request.user, self.enterprise, self.today))
        self.fact = _fact(name)
        self.known = self.read()
        self.see = Sight(request.user, self.enterprise, self.today).of(self.fact)

    def read(self) -> KnownFact | None:
        """Return what is known now."""
        return facts_of(self.enterprise, self.as_of).get(self.fact.name)

    @property
    def seen(self) -> int | None:
        """The statement that counted when the form was opened; 0 where there was none."""
        given = self.request.POST.get("seen", "")
        return int(given) if is_record_number(given) else None

    def render(self, form: FactForm, *, revealed: bool = False) -> HttpResponse:
        """Show the statements, or why they are hidden, and the form for a new one."""
        shown = self.see.allowed or revealed
        context = {
            "enterprise": self.enterprise,
            "fact": self.fact,
            "known": self.known,
            "shown": shown,
            "see": self.see,
            "revealed": revealed,
            "history": history(self.enterprise, self.fact.series.name) if shown else (),
            "form": form,
            "reveal_form": ReasonForm(),
            "may_correct": may_correct(self.request.user, self.enterprise, self.today),
            "may_reveal": may_reveal(self.request.user, self.enterprise, self.today),
        }
        status = 400 if form.is_bound else 200
        return render(self.request, "enterprises/fact.html", context, status=status)

    def empty_form(self) -> FactForm:
        """Return the form with the present value, where the reader may see it."""
        return FactForm(self.fact, self.known.value if self.known and self.see.allowed else None)


def _fact(name: str) -> FactName:
    names = catalogue()
    if name not in names or name in IDENTITY:
        raise Http404
    return names[name]


@require_http_methods(["GET", "POST"])
def fact(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show a fact's history; state, correct or withdraw it."""
    page = Page(request, pk, name)
    if request.method == "GET":
        return page.render(page.empty_form())
    require(may_correct(request.user, page.enterprise, page.today))
    form = FactForm(page.fact, None, request.POST)
    if form.is_valid() and _written(page, form):
        messages.success(request, _("Recorded. What was said before stays readable below."))
        return redirect("enterprise_fact", pk, name)
    return page.render(form)


def _written(page: Page, form: FactForm) -> bool:
    """Record what the form says; a refusal goes to the form."""
    try:
        if form.withdraws:
            _withdraw(page, form)
        elif page.known is None:
            _state(page, form)
        else:
            _correct(page, form)
    except Refused as refusal:
        refusals.show(form, refusal)
        page.known = page.read()
        return False
    return True


def _state(page: Page, form: FactForm) -> None:
    given = form.cleaned_data
    kind = SourceKind.DOCUMENT if given["document_no"] else SourceKind.FORM
    state_facts(
        actor=page.actor,
        subject=page.enterprise,
        facts={page.fact.name: given["value"]},
        as_of=page.as_of,
        known_on=given["known_on"],
        source=Source(kind=kind, title=given["reason"], document_no=given["document_no"]),
    )


def _correct(page: Page, form: FactForm) -> None:
    given = form.cleaned_data
    correct_fact(
        actor=page.actor,
        subject=page.enterprise,
        name=page.fact.name,
        value=given["value"],
        as_of=page.as_of,
        known_on=given["known_on"],
        reason=given["reason"],
        document_no=given["document_no"],
        seen=page.seen,
    )


def _withdraw(page: Page, form: FactForm) -> None:
    given = form.cleaned_data
    withdraw_fact(
        actor=page.actor,
        subject=page.enterprise,
        name=page.fact.name,
        as_of=page.as_of,
        known_on=given["known_on"],
        reason=given["reason"],
        document_no=given["document_no"],
        seen=page.seen,
    )


@require_POST
def reveal(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show a sensitive fact once, to somebody who says why; the look is logged."""
    page = Page(request, pk, name)
    require(may_reveal(request.user, page.enterprise, page.today))
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    reveal_sensitive(
        actor=page.actor,
        enterprise=page.enterprise,
        names=[name],
        as_of=page.as_of,
        reason=reason,
    )
    return page.render(FactForm(page.fact, page.known.value if page.known else None), revealed=True)
