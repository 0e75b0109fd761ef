"""The best an enterprise can have of the published items at once, under what it has received."""

import datetime as dt
from collections.abc import Iterable, Mapping

from openzone.engines.rules.bundle import best_bundle
from openzone.engines.rules.bundle_items import Bundle, Received
from openzone.engines.rules.single import Known, answer
from openzone.zone.policies.selectors.items import published
from openzone.zone.redemption.selectors.received import grants_of
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.facts import KnownFact
from openzone.zone.rulebook.packs import plan_on
from openzone.zone.rulebook.selectors.entitlements import known_facts

FEN = 100


def bundle_of(enterprise: Enterprise, on: dt.date, facts: Mapping[str, KnownFact]) -> Bundle:
    """Return the best bundle of an enterprise on record."""
    grants = grants_of(enterprise, on)
    received = [Received(one.rule_id, one.on, one.amount / FEN) for one in grants if one.rule_id]
    return bundle_for(known_facts(facts), on, received)


def bundle_for(
    known: Mapping[str, Known], on: dt.date, received: Iterable[Received] = ()
) -> Bundle:
    """Return the best bundle of whoever these facts are true of."""
    offered = set(published(on).exclude(rule_id="").values_list("rule_id", flat=True))
    return best_bundle(answer(plan_on(on).only(offered), known), received)
