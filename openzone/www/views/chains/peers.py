"""Other zones: the lists of their firms that ours is laid beside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.chains.asking import above
from openzone.www.formats import day, say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains import PeerForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.chains.models import PeerList
from openzone.zone.chains.permissions import may_list, may_review
from openzone.zone.chains.selectors.peers import lists
from openzone.zone.chains.selectors.versions import chain_ids, chain_on
from openzone.zone.chains.services.peers import import_peer, withdraw_peer
from openzone.zone.errors import Refused
from openzone.zone.registry.permissions import may_export

WITH = ("peer", "recorded_by")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the lists of other zones, the latest source first."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    page = page_of(request, lists())
    names = dict(_chains(request))
    context = {
        "page": page,
        "rows": [
            (one, names.get(one.chain, one.chain), one.placements.count()) for one in page
        ],
        "keeps": may_review(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "chains/peers.html", context)


def _chains(request: HttpRequest) -> list[tuple[str, str]]:
    today = timezone.localdate()
    return [(name, say(chain_on(name, today).name)) for name in chain_ids(today)]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Read in a list of another zone's firms: every row, or none."""
    who = hand(request)
    require(may_review(who.user, who.today))
    files = request.FILES if request.method == "POST" else None
    form = PeerForm(_chains(request), posted(request), files)

    def act() -> str:
        given = dict(form.cleaned_data)
        file = given.pop("file")
        made = import_peer(
            **who.of("user", "now"), file_name=file.name, data=file.read(),
            synthetic=excel.in_example_zone(), **given,
        )  # fmt: skip
        return f"{reverse('chain_compare', args=[made.chain])}?first=peer-{made.pk}"

    words = FormPage(
        _("A list of another zone"), _("Read it in"), _("It is read in."), above(),
        _("Nothing of it is mixed with the firms of this zone; it is only laid beside them."),
    )  # fmt: skip
    return answer(request, words, form, act)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a list back."""
    who = hand(request)
    require(may_review(who.user, who.today))
    found = get_object_or_404(PeerList.objects.select_related(*WITH), pk=pk)
    try:
        withdraw_peer(**who.of("now"), listing=found)
        messages.success(request, _("The list was taken back."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("chain_peers")


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download a list as it was read in; the log notes who took it away."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    found = get_object_or_404(lists(), pk=pk)
    nodes = chain_on(found.chain, today).nodes
    rows = [
        (one.firm, say(nodes[one.node].name) if one.node in nodes else one.node)
        for one in found.placements.all()
    ]
    sheet = excel.Table(
        ["企业名称", "链条环节"], rows, [f"{found.peer} {day(found.as_of)}", found.source],
        found.peer.synthetic,
    )  # fmt: skip
    return send(request, sheet, what=f"peer_list:{found.pk}", name=str(found.peer))
