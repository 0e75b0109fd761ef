"""What the service centre does about spokespersons: appoint, hand over, end, stand in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.people import EndForm
from openzone.www.forms.spokespersons import (
    AbsenceForm,
    AppointForm,
    ChooseUnitForm,
    PhoneForm,
    SpeakerForm,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import Unit
from openzone.zone.spokespersons.models import Absence, Spokesperson
from openzone.zone.spokespersons.permissions import may_keep_register
from openzone.zone.spokespersons.services import register as services


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the unit that is to have a spokesperson."""
    _keeper(request)
    form = ChooseUnitForm(posted(request))

    def go() -> str:
        return reverse("spokesperson_appoint", args=[form.cleaned_data["unit"].pk])

    done = _("Choose the person next.")
    page = FormPage(_("Appoint a spokesperson"), _("Go on"), done, (_register(),))
    return answer(request, page, form, go)


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody speak for a unit that has nobody."""
    actor, unit = _keeper(request), get_object_or_404(Unit, pk=pk)
    form = AppointForm(unit, posted(request))

    def act() -> str:
        services.appoint(actor=actor, unit=unit, **form.cleaned_data)
        return _page_of(unit)

    done = _("The spokesperson is appointed and stands in the public directory.")
    page = FormPage(_("Appoint a spokesperson"), _("Appoint"), done, _above(unit), unit.name)
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody follow the spokesperson; the old term ends the day before."""
    actor, unit = _keeper(request), get_object_or_404(Unit, pk=pk)
    form = SpeakerForm(unit, posted(request))

    def act() -> str:
        services.hand_over(actor=actor, unit=unit, **form.cleaned_data)
        return _page_of(unit)

    sub = _("The present term ends the day before the new one begins. Open questions go along.")
    page = FormPage(
        _("Hand over to somebody else"),
        _("Hand over"),
        _("The hand-over is recorded."),
        _above(unit),
        f"{unit.name} · {sub}",
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a term end without a successor."""
    actor, term = _keeper(request), _term(pk)
    form = EndForm(posted(request))

    def act() -> str:
        services.end_term(actor=actor, term=term, last_day=form.cleaned_data["last_day"])
        return _page_of(term.unit)

    page = FormPage(
        _("End a term"),
        _("Record the last day"),
        _("The last day is recorded."),
        _above(term.unit),
        _("%(who)s. After it the service centre answers the unit's questions.") % {"who": term},
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the published telephone."""
    actor, term = _keeper(request), _term(pk)
    form = PhoneForm(posted(request), initial={"phone": term.phone})

    def act() -> str:
        services.change_phone(actor=actor, term=term, phone=form.cleaned_data["phone"])
        return _page_of(term.unit)

    page = FormPage(
        _("Correct the telephone"),
        _("Record"),
        _("The telephone is corrected."),
        _above(term.unit),
        str(term),
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody stand in for some days."""
    actor, term = _keeper(request), _term(pk)
    form = AbsenceForm(term.unit, posted(request))

    def act() -> str:
        services.record_absence(actor=actor, term=term, **form.cleaned_data)
        return _page_of(term.unit)

    page = FormPage(
        _("Record an absence"),
        _("Record"),
        _("The absence is recorded."),
        _above(term.unit),
        str(term),
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def end_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an absence end earlier; a last day before its first strikes it out."""
    actor = _keeper(request)
    absences = Absence.objects.select_related("spokesperson__unit", "substitute")
    found = get_object_or_404(absences, pk=pk)
    unit = found.spokesperson.unit
    form = EndForm(posted(request))

    def act() -> str:
        last_day = form.cleaned_data["last_day"]
        services.end_absence(actor=actor, absence=found, last_day=last_day)
        return _page_of(unit)

    page = FormPage(
        _("End an absence earlier"),
        _("Record the last day"),
        _("The last day is recorded."),
        _above(unit),
        str(found),
    )
    return answer(request, page, form, act)


def _keeper(request: HttpRequest) -> Actor:
    require(may_keep_register(request.user, timezone.localdate()))
    return Actor.of(request.user)


def _term(pk: int) -> Spokesperson:
    return get_object_or_404(Spokesperson.objects.select_related("unit", "user"), pk=pk)


def _register() -> Crumb:
    return Crumb(reverse("spokespersons_register"), _("Register of spokespersons"))


def _above(unit: Unit) -> tuple[Crumb, ...]:
    return (_register(), Crumb(_page_of(unit), unit.name))


def _page_of(unit: Unit) -> str:
    return reverse("spokespersons_unit", args=[unit.pk])
