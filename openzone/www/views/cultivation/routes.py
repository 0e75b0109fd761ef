"""Monthly figures, routes onto the roster, publicity of a choice, the calendar of batches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.cultivation import EvidenceForm, MonthForm, PublicForm, PublicResultForm
from openzone.www.hands import hand
from openzone.www.pages import page_in, page_of
from openzone.www.views.cultivation.entries import entry_of, page_of_entry, selected, tutored
from openzone.www.views.cultivation.pools import above
from openzone.zone.cultivation.models import Entry
from openzone.zone.cultivation.packs import pack, pool_named
from openzone.zone.cultivation.permissions import may_screen, may_state
from openzone.zone.cultivation.selectors.batches import closings
from openzone.zone.cultivation.services.figures import state_evidence, state_month
from openzone.zone.cultivation.services.publicity import conclude_publicity, make_public

AHEAD = 120


@require_http_methods(["GET", "POST"])
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the enterprise stated for a month."""
    entry, _pool = entry_of(pk)
    who = hand(request)
    require(may_state(request.user, entry, who.today))
    form = MonthForm(posted(request))

    def do() -> str:
        given = {name: form.cleaned_data[name] for name in ("month", "source")}
        for basis, amount in form.amounts():
            state_month(**who.of("now", "user"), enterprise=entry.enterprise, basis=basis,
                        amount=amount, **given)  # fmt: skip
        return page_of_entry(entry)

    sub = say(pack().notice.text)
    return answer(request, _page(entry, _("Figures of a month"), _("Record"), sub), form, do)


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep which route it goes, and what was stated for it."""
    entry = tutored(request, pk)
    pool, who = entry_of(pk)[1], hand(request)
    form = EvidenceForm(pool, posted(request), initial=entry.evidence)

    def do() -> str:
        state_evidence(**who.of("today"), entry=entry, **form.cleaned_data)
        return page_of_entry(entry)

    sub = _("Leave empty what is not known: it is not taken as a no.")
    words = _page(entry, _("Route onto the roster"), _("Record"), sub)
    return answer(request, words, form, do)


@require_http_methods(["GET", "POST"])
def publicise(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the choice public, or keep what came of it."""
    entry, who = selected(request, pk), hand(request)
    if entry.public_from is None:
        form = PublicForm(posted(request))
        words = _page(entry, _("Make the choice public"), _("Record"))
        return answer(request, words, form, lambda: _made(entry, who.of(), form))
    ending = PublicResultForm(posted(request))

    def conclude() -> str:
        conclude_publicity(**who.of(), entry=entry, on=who.today, **ending.cleaned_data)
        return page_of_entry(entry)

    words = _page(entry, _("Result of the publicity"), _("Record"))
    return answer(request, words, ending, conclude)


def _made(entry: Entry, actor: dict[str, object], form: PublicForm) -> str:
    make_public(**actor, entry=entry, **form.cleaned_data)  # type: ignore[arg-type]
    return page_of_entry(entry)


@require_GET
def publicity(request: HttpRequest) -> HttpResponse:
    """Show the choices that are public today, to everybody who is logged in."""
    today = timezone.localdate()
    rows = Entry.objects.filter(public_from__lte=today, public_to__gte=today,
                                left_on__isnull=True)  # fmt: skip
    part = page_of(request, rows.select_related("enterprise", "unit").order_by("public_to", "pk"))
    context = {
        "page": part, "notice": pack().notice,
        "lines": [(one, _title(one)) for one in part],
        "inside": may_screen(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "cultivation/publicity.html", context)


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the closings of the next months, with whom they concern and the papers missing."""
    today = timezone.localdate()
    require(may_screen(request.user, today))
    found = closings(today, AHEAD)
    context = {
        "notice": pack().notice, "today": today,
        "page": page_in(request, [(one, _names(one.entry, one.missing)) for one in found]),
        "examples": [(pool, one) for pool in pack().pools for one in pool.examples],
    }  # fmt: skip
    return render(request, "cultivation/calendar.html", context)


def _names(entry: Entry, missing: tuple[str, ...]) -> list[str]:
    pool = pool_named(entry.pool)
    papers = {one.id: say(one.name.text) for one in pool.materials} if pool else {}
    return [papers[name] for name in missing]


def _title(entry: Entry) -> str:
    pool = pool_named(entry.pool)
    return say(pool.title.text) if pool else entry.pool


def _page(entry: Entry, heading: str, button: str, sub: str = "") -> FormPage:
    crumbs = (*above(entry_of(entry.pk)[1]), Crumb(page_of_entry(entry), entry.enterprise.name))
    return FormPage(heading, button, _("It is recorded."), crumbs, sub)
