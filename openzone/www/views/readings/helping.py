"""Help of a language model for an article, where one is set up; statistics of the rules."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.readings import HelpForm
from openzone.www.hands import hand
from openzone.www.views.exports import send
from openzone.www.views.readings import common
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.readings.assistance import Endpoint
from openzone.zone.readings.enums import Origin
from openzone.zone.readings.jobs import help_one, model_there
from openzone.zone.readings.models import HelpRequest
from openzone.zone.readings.selectors.listing import RuleLine, reasons, rules
from openzone.zone.readings.services.helping import NO_ARTICLE, OFF, ask_help
from openzone.zone.registry.permissions import may_export


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    """Say where the text of an article would go, and send it once that is confirmed."""
    common.reading(request)
    page, who, there = common.read_page_at(pk), hand(request), model_there()
    if article >= len(page.articles):
        raise Http404(say(NO_ARTICLE))
    form = HelpForm(posted(request))

    def do() -> str:
        made = ask_help(
            **who.of("user", "now"), page=page, article=article, there=there,
            confirmed=form.cleaned_data["confirmed"],
        )  # fmt: skip
        actor = who.actor
        key = f"reading-help:{made.pk}"
        enqueue_once(help_one, key, request=made.pk, actor=[actor.kind, actor.id, actor.label])
        return reverse("reading", args=[page.pk])

    where = _notice(page.articles[article]["headline"], there) if there else say(OFF)
    words = common.form_page(
        _("Ask a language model"), _("Send"), common.above(page), where, _("The article was sent.")
    )
    return answer(request, words, form, do)


def _notice(headline: str, there: Endpoint) -> str:
    return _(
        "The text of “%(headline)s” leaves this machine for %(host)s (%(model)s). What comes back "
        "counts only if its quote is on the page and its number in the quote; a person judges it."
    ) % {"headline": headline, "host": there.host, "model": there.model}


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Show what became of the facts of each rule, and why facts were rejected."""
    today = common.entered(request)
    context = common.framed(request, "readings_statistics", today) | {
        "lines": rules(),
        "reasons": reasons(),
        "helped": HelpRequest.objects.select_related("page", "asked_by").defer(
            "page__text", "page__articles", "page__links"
        )[:20],
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "readings/statistics.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Carry the statistics of rules away."""
    today = common.entered(request)
    require(may_export(request.user, today))
    table = excel.Table(
        [_("Rule"), _("Who found it"), _("Facts read"), _("Right as they were"), _("Corrected"),
         _("Turned down"), _("Not judged"), _("Share right")],
        [_cells(one) for one in rules()],
        [_("How good the rules are"), excel.as_of_note(today)],
        excel.in_example_zone(),
    )  # fmt: skip
    return send(request, table, what="readings", name=_("How good the rules are"))


def _cells(one: RuleLine) -> tuple[excel.Cell, ...]:
    share = one.precision
    return (
        one.rule, str(Origin(one.origin).label), one.found, one.unchanged, one.changed,
        one.rejected, one.open, None if share is None else Decimal(str(round(share, 4))),
    )  # fmt: skip
