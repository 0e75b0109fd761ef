"""Who could supply whom, with the reasons, and a proposal of who should."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.chains.supply import NODE, Match, Need, Offer, assign, matches
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.supply.enums import LIVE, EntryState, Side
from openzone.zone.supply.models import Invitation, SupplyEntry
from openzone.zone.supply.packs import pack
from openzone.zone.supply.selectors.links import link_name

SAME_PLACE = Text("同在{place}", "both in {place}")
CERTIFIED = Text("具备所需证书：{names}", "has the certificates asked for: {names}")
LATER = Text("供给到{day}为止，需求时间为{by}", "the offer ends on {day}, it is wanted by {by}")
OTHER_UNIT = Text(
    "单位不同（{one}、{other}），产能未比较", "units differ ({one}, {other}): capacity not compared"
)


class Pair(NamedTuple):
    """A need and an offer that fit, 0 to 1, and why; ``quantity`` is what is proposed."""

    need: SupplyEntry
    offer: SupplyEntry
    score: float
    reasons: tuple[Text, ...]
    quantity: Decimal | None = None
    live: Invitation | None = None


def open_entries(side: str, kind: str = "") -> QuerySet[SupplyEntry]:
    """Return the entries that are open."""
    found = SupplyEntry.objects.filter(side=side, state=EntryState.OPEN)
    found = found.filter(kind=kind) if kind else found
    return found.select_related("enterprise__place").order_by("pk")


def partners(entry: SupplyEntry) -> list[Pair]:
    """Return who could deal with an entry, the best first, up to what the pack shows."""
    if entry.state != EntryState.OPEN:
        return []
    if entry.side == Side.NEED:
        found = _pairs([entry], list(open_entries(Side.OFFER, entry.kind)), pack().match.most)
    else:
        needs = list(open_entries(Side.NEED, entry.kind))
        found = _pairs(needs, [entry], pack().match.most)
    return _with_live(sorted(found, key=lambda one: -one.score)[: pack().match.most])


def proposal(kind: str = "") -> list[Pair]:
    """Return who should meet at an event: the pairs that together meet most need at the best fit.

    Pairs that have an invitation under way are left out. Quantities count where both are in one
    unit; other entries take and give one each.
    """
    needs, offers = list(open_entries(Side.NEED, kind)), list(open_entries(Side.OFFER, kind))
    busy = set(Invitation.objects.filter(state__in=LIVE).values_list("need_id", "offer_id"))
    found = [
        one for one in _pairs(needs, offers, pack().match.most)
        if (one.need.pk, one.offer.pk) not in busy
    ]  # fmt: skip
    chosen: list[Pair] = []
    used: set[int] = set()
    for unit in sorted({one.need.unit for one in found}, key=lambda unit: (not unit, unit)):
        same = [one for one in found if one.need.unit == unit and one.offer.unit == unit]
        chosen += _assigned(same, counted=bool(unit))
    used = {one.need.pk for one in chosen} | {one.offer.pk for one in chosen}
    rest = [one for one in found if not used & {one.need.pk, one.offer.pk}]
    return sorted([*chosen, *_assigned(rest, counted=False)], key=lambda one: -one.score)


def _assigned(pairs: Sequence[Pair], *, counted: bool) -> list[Pair]:
    by_ids = {(str(one.need.pk), str(one.offer.pk)): one for one in pairs}
    found = [
        Match(_need(one.need, counted=counted), _offer(one.offer, counted=counted), one.score, ())
        for one in pairs
    ]
    return [
        by_ids[one.match.need.id, one.match.offer.id]._replace(
            quantity=None if one.quantity is None else Decimal(str(one.quantity))
        )
        for one in assign(found)
    ]


def _pairs(needs: Sequence[SupplyEntry], offers: Sequence[SupplyEntry], most: int) -> list[Pair]:
    """Compare within each kind; capacity only where both are in one unit."""
    found: list[Pair] = []
    by_id = {str(one.pk): one for one in offers}
    for need in needs:
        same = [one for one in offers if one.kind == need.kind]
        rated = matches(
            [_need(need)], [_offer(one, counted=one.unit == need.unit) for one in same],
            most=most, least=pack().match.least, same_node=0,
        )  # fmt: skip
        found += [_pair(need, by_id[one.offer.id], one) for one in rated]
    return found


def _pair(need: SupplyEntry, offer: SupplyEntry, match: Match) -> Pair:
    units_differ = bool(need.quantity and offer.quantity and need.unit != offer.unit)
    kept = match.reasons[:-1] if units_differ else match.reasons
    score = match.score
    place = need.enterprise.place
    together = place is not None and place == offer.enterprise.place
    if together:
        score = min(1.0, score + pack().match.same_place)
    if need.link and need.link == offer.link:
        score = min(1.0, score + pack().match.same_node)
    more = _more(need, offer, together=together, units_differ=units_differ)
    return Pair(need, offer, score, (*kept, *more))


def _more(
    need: SupplyEntry, offer: SupplyEntry, *, together: bool, units_differ: bool
) -> Iterable[Text]:
    if need.link and need.link == offer.link:
        name = link_name(need.link, to_local(need.published_at).date())
        yield Text(NODE.zh.format(node=name.zh), NODE.en.format(node=name.en))
    if need.certificates:
        yield CERTIFIED.format(names="、".join(need.certificates))
    if units_differ:
        yield OTHER_UNIT.format(one=need.unit, other=offer.unit)
    if together and need.enterprise.place is not None:
        yield SAME_PLACE.format(place=need.enterprise.place.name)
    if need.by_on is not None and offer.expires_on < need.by_on:
        yield LATER.format(day=offer.expires_on, by=need.by_on)


def _need(entry: SupplyEntry, *, counted: bool = True) -> Need:
    return Need(
        str(entry.pk), str(entry.enterprise.root_id), f"{entry.title} {entry.text}",
        float(entry.quantity) if counted and entry.quantity is not None else None,
        frozenset(map(_plain, entry.certificates)),
    )  # fmt: skip


def _offer(entry: SupplyEntry, *, counted: bool = True) -> Offer:
    return Offer(
        str(entry.pk), str(entry.enterprise.root_id), f"{entry.title} {entry.text}",
        float(entry.quantity) if counted and entry.quantity is not None else None,
        frozenset(map(_plain, entry.certificates)),
    )  # fmt: skip


def _plain(certificate: str) -> str:
    """Return a certificate as they are compared: ISO 9001 and iso9001 are one."""
    return "".join(certificate.split()).casefold()


def _with_live(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs with the invitation that is under way between both."""
    needs, offers = [one.need.pk for one in pairs], [one.offer.pk for one in pairs]
    known = {
        (one.need_id, one.offer_id): one
        for one in Invitation.objects.filter(need__in=needs, offer__in=offers, state__in=LIVE)
    }
    return [one._replace(live=known.get((one.need.pk, one.offer.pk))) for one in pairs]
