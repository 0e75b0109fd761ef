"""Needs and offers: the list, our own, one with its partners, publishing, changing, closing."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.supply import EntryFields, EntryForm, SupplyFilter, WhySupplyForm
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.supply import common
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.registry.selectors.identity import find_enterprise
from openzone.zone.supply.enums import EntryState, Side
from openzone.zone.supply.models import SupplyEntry
from openzone.zone.supply.packs import kind_label
from openzone.zone.supply.permissions import may_handle, may_publish, may_reach, speaks_for
from openzone.zone.supply.selectors.links import link_name
from openzone.zone.supply.selectors.listing import entries, invitations, own_entries
from openzone.zone.supply.selectors.matching import Pair, partners
from openzone.zone.supply.services.entries import change_entry, close_entry, publish
from openzone.zone.supply.services.inviting import invite

NO_FIRM = Text("请选择或填写企业", "choose or name an enterprise")
UNKNOWN = Text("档案中没有企业“{name}”", "no enterprise “{name}” is on record")
GONE = Text("双方不再匹配，请查看最新匹配结果", "they match no longer: look at the partners again")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show needs and offers; what is open unless asked otherwise."""
    today = common.entered(request)
    form = SupplyFilter(request.GET or {"state": EntryState.OPEN.value})
    found = entries(form.asked()) if form.is_valid() else SupplyEntry.objects.none()
    rows = page_of(request, found)
    context = common.framed(request, "supply", today) | {
        "form": form, "page": rows, "lines": common.lines_of(rows),
    }  # fmt: skip
    return render(request, "supply/list.html", context, status=200 if form.is_valid() else 400)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what one's own firms need and offer, and what waits for an answer."""
    today = common.entered(request)
    rows = page_of(request, own_entries(request.user, today))
    waiting = [
        one for one in invitations(request.user, today, "sent")
        if speaks_for(request.user, one.asked_entry.enterprise, today)
    ]  # fmt: skip
    context = common.framed(request, "supply_mine", today) | {
        "page": rows, "lines": common.lines_of(rows), "waiting": waiting,
    }  # fmt: skip
    return render(request, "supply/mine.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, side: str) -> HttpResponse:
    """Publish a need or an offer."""
    today = common.entered(request)
    if side not in Side.values:
        raise Http404
    who = hand(request)
    firms = spoken_for(request.user, today)
    form = EntryForm(posted(request), initial={"firm": firms.first()})
    handles = may_handle(request.user, today)
    if not firms.exists():
        require(handles)
    form.offer(firms, any_firm=handles.allowed)

    def do() -> str:
        given = form.given()
        firm = _firm(given.pop("firm", None), given.pop("named", ""))
        require(may_publish(who.user, firm, today))
        made = publish(**who.of("now", "user"), side=side, enterprise=firm, **given)
        return reverse("supply_entry", args=[made.pk])

    heading = _("Publish a need") if side == Side.NEED else _("Publish an offer")
    return answer(request, common.page(heading, _("Publish"), common.above()), form, do)


def _firm(chosen: Enterprise | None, named: str) -> Enterprise:
    if named.strip():
        found = find_enterprise(named)
        if found is None:
            raise Refused(UNKNOWN.format(name=named.strip()), field="named")
        return found
    if chosen is None:
        raise Refused(NO_FIRM)
    return chosen


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry, and who could deal with it, with the reasons."""
    found, today = common.entry_of(request, pk), timezone.localdate()
    as_need = found.side == Side.NEED
    keeps = may_publish(request.user, found.enterprise, today)
    pairs = partners(found)
    context = common.framed(request, "supply", today) | {
        "entry": found,
        "kind": say(kind_label(found.kind)),
        "keeps": keeps.allowed,
        "reach": may_reach(request.user, found, today),
        "link": say(link_name(found.link, today)) if found.link else "",
        "partners": [
            (one, one.offer if as_need else one.need, [say(text) for text in one.reasons])
            for one in pairs
        ],
        "invitations": invitations(request.user, today).filter(
            **{"need" if as_need else "offer": found}
        ),
    }
    return render(request, "supply/entry.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Change or close an entry."""
    found, who = common.entry_of(request, pk), hand(request)
    require(may_publish(request.user, found.enterprise, who.today))
    if what not in ("change", "close"):
        raise Http404
    return (_change if what == "change" else _close)(request, found, who)


def _change(request: HttpRequest, found: SupplyEntry, who: Hand) -> HttpResponse:
    initial = {name: getattr(found, name) for name in EntryFields.base_fields}
    initial["certificates"] = "、".join(found.certificates)
    form = EntryFields(posted(request), initial=initial)

    def do() -> str:
        change_entry(**who.of("now"), entry=found, **form.given())
        return reverse("supply_entry", args=[found.pk])

    words = common.page(_("Change the entry"), _("Save"), common.above(found))
    return answer(request, words, form, do)


def _close(request: HttpRequest, found: SupplyEntry, who: Hand) -> HttpResponse:
    form = WhySupplyForm(posted(request))

    def do() -> str:
        close_entry(**who.of(), entry=found, on=who.today, **form.cleaned_data)
        return reverse("supply_entry", args=[found.pk])

    words = common.page(_("Close the entry"), _("Close"), common.above(found))
    return answer(request, words, form, do)


@require_POST
def ask(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Invite a partner from the page of an entry; the reasons go along."""
    found, partner = common.entry_of(request, pk), common.entry_of(request, other)
    who = hand(request)
    require(may_publish(request.user, found.enterprise, who.today))
    pair = next((one for one in partners(found) if partner in (one.need, one.offer)), None)
    try:
        if pair is None:
            raise Refused(GONE)
        _invite(who, pair, asked=Side(partner.side))
        messages.success(request, _("The invitation was sent."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("supply_entry", found.pk)


def _invite(who: Hand, pair: Pair, *, asked: Side) -> None:
    invite(
        **who.of("now"), need=pair.need, offer=pair.offer, asked=asked, score=pair.score,
        reasons=list(pair.reasons),
    )  # fmt: skip


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered entries; the file can be corrected and read in. No contacts in it."""
    today = common.entered(request)
    require(may_export(request.user, today))
    form = SupplyFilter(request.POST)
    rows = entries(form.asked())[: settings.EXPORT_LIMIT + 1] if form.is_valid() else []
    sheet = excel.Table(
        [_("Need or offer"), _("Kind"), _("Enterprise"), _("Product, service or post"),
         _("Description"), _("Quantity"), _("Unit of quantity"), _("Wanted by"),
         _("Certificates"), _("Where"), _("State"), _("Open until")],
        [_cells(one) for one in rows],
        [_("Needs and offers"), excel.as_of_note(today)],
        any(one.synthetic for one in rows) or excel.in_example_zone(),
    )  # fmt: skip
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="supply", name=_("Needs and offers"), filters=given)


def _cells(one: SupplyEntry) -> tuple[excel.Cell, ...]:
    return (
        str(one.get_side_display()), say(kind_label(one.kind)), one.enterprise.name, one.title,
        one.text or None, one.quantity, one.unit or None, one.by_on,
        "、".join(one.certificates) or None, one.place or None, str(one.get_state_display()),
        one.expires_on,
    )  # fmt: skip
