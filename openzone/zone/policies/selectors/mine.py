"""The published items as one enterprise sees them: what it can have, and what is in the way."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openzone.engines.rules.single import Known, answer
from openzone.zone.people.permissions import Decision
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import open_for_application, published
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.facts import KnownFact
from openzone.zone.rulebook.packs import plan_on
from openzone.zone.rulebook.selectors.entitlements import Entitlement, Standing, entitlements


@dataclass(frozen=True, slots=True)
class Offer:
    """An item for one enterprise. Without an ``answer`` no rule decides it: a person does."""

    item: Item
    answer: Entitlement | None
    taken: Decision  # whether applications are taken on the day

    @property
    def standing(self) -> Standing | None:
        """How the enterprise stands with the item."""
        return self.answer.standing if self.answer else None

    @property
    def within_reach(self) -> bool:
        """Whether the enterprise itself could bring about all that is missing."""
        names = catalogue()
        near = self.answer.record.near if self.answer else ()
        return all(one.fact not in names or names[one.fact].series.changeable for one in near)

    @property
    def amount(self) -> float | None:
        """What it would bring, in yuan; None where no money flows or the amount is unknown."""
        return self.answer.record.amount if self.answer else None

    @property
    def amount_missing(self) -> tuple[str, ...]:
        """The facts that would settle the amount of an item the enterprise is entitled to."""
        return self.answer.record.amount_missing if self.answer else ()


@dataclass(frozen=True, slots=True)
class Offers:
    """Every published item, by how the enterprise stands with it.

    One that only lacks what an enterprise cannot change, such as another industry, is not near.
    """

    entitled: Sequence[Offer]
    near: Sequence[Offer]
    unknown: Sequence[Offer]
    by_person: Sequence[Offer]
    not_met: Sequence[Offer]

    @property
    def total(self) -> float:
        """The known amounts of the items it is entitled to, before any relation between them."""
        return sum(offer.amount or 0.0 for offer in self.entitled)


def offers_to(
    enterprise: Enterprise, as_of: dt.date, facts: Mapping[str, KnownFact] | None = None
) -> Offers:
    """Return the published items for an enterprise on record; ``facts`` saves a read."""
    return _offers(entitlements(enterprise, as_of, facts), as_of)


def offers_for(known: Mapping[str, Known], as_of: dt.date) -> Offers:
    """Return the published items for whoever these facts are true of; nothing is kept.

    Raises:
        ColumnsError: a fact that does not exist, or a value of the wrong kind.

    """
    plan = plan_on(as_of)
    answers = answer(plan, known)
    return _offers(
        [Entitlement(one.rule, one.version, answers.record("", one)) for one in plan.rules],
        as_of,
    )


def settling(offers: Offers, known: Iterable[str], limit: int) -> list[str]:
    """Return the facts that most of the open answers wait for, most wanted first."""
    wanted = Counter(
        name
        for offer in (*offers.unknown, *offers.entitled)
        if offer.answer
        for name in (*offer.answer.record.missing, *offer.amount_missing)
    )
    asked = set(known)
    return [name for name, _ in wanted.most_common() if name not in asked][:limit]


def _offers(answers: Iterable[Entitlement], on: dt.date) -> Offers:
    by_rule = {one.rule.rule: one for one in answers}
    found = [
        Offer(item, by_rule.get(item.rule_id), open_for_application(item, on))
        for item in published(on).prefetch_related("document__superseded_by")
    ]
    near = _standing(found, Standing.NEAR)
    return Offers(
        sorted(_standing(found, Standing.MET), key=lambda offer: -(offer.amount or 0.0)),
        [offer for offer in near if offer.within_reach],
        _standing(found, Standing.UNKNOWN),
        _standing(found, None),
        [offer for offer in near if not offer.within_reach] + _standing(found, Standing.NOT_MET),
    )


def _standing(offers: Iterable[Offer], standing: Standing | None) -> list[Offer]:
    return [offer for offer in offers if offer.standing is standing]
