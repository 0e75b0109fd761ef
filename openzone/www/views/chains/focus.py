"""Which chains the zone works on, and who heads each (链长制)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.chains.asking import above, asked
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains import EndFocusForm, FocusForm
from openzone.www.hands import hand
from openzone.zone.chains.models import ChainFocus
from openzone.zone.chains.permissions import may_choose
from openzone.zone.chains.selectors.board import focus_on
from openzone.zone.chains.services.focus import choose_chain, drop_chain

TEMPLATE = "projects/act.html"


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, chain: str) -> HttpResponse:
    """Work on a chain under a head, or name another head from a day on."""
    ask, who = asked(request, chain), hand(request)
    require(may_choose(who.user, who.today))
    now = focus_on(who.today).get(chain)
    form = FocusForm(posted(request), initial=_initial(now) | {"on": who.today})
    reading = ask.read()

    def act() -> str:
        choose_chain(**who.of("user", "now"), chain=chain, **form.cleaned_data)
        return reverse("chain", args=[chain])

    words = FormPage(
        _("Who heads this chain"), _("Save"), _("It is recorded."), above(reading),
        say(reading.chain.name), TEMPLATE,
    )  # fmt: skip
    return answer(request, words, form, act)


def _initial(now: ChainFocus | None) -> dict[str, object]:
    if now is None:
        return {"seen": 0}
    return {
        "head": now.head, "unit": now.unit.code, "force": now.force,
        "person": now.person_id, "document": now.document, "seen": now.pk,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, chain: str) -> HttpResponse:
    """Work on a chain no longer."""
    ask, who = asked(request, chain), hand(request)
    require(may_choose(who.user, who.today))
    focus = get_object_or_404(ChainFocus, chain=chain, valid_to=None)
    form = EndFocusForm(posted(request), initial={"on": who.today})
    reading = ask.read()

    def act() -> str:
        drop_chain(**who.of("user", "now"), focus=focus, on=form.cleaned_data["on"])
        return reverse("chain", args=[chain])

    words = FormPage(
        _("Work on this chain no longer"), _("End it"), _("It is recorded."), above(reading),
        _("%(head)s has headed it since %(day)s.") % {"head": focus.head, "day": focus.valid_from},
        TEMPLATE,
    )  # fmt: skip
    return answer(request, words, form, act)
