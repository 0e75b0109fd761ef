"""Weights of candidates are proposed by a fit and adopted by a person, from a day."""

import datetime as dt
from collections.abc import Mapping
from math import isfinite
from typing import Final

from django.db import transaction

from openzone.engines.chains.candidates import Fit
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.chains.models import InviteWeights
from openzone.zone.chains.packs import invite
from openzone.zone.chains.selectors.invite_weights import fitted, funnel
from openzone.zone.errors import Refused, ensure_valid

WHY: Final = Text("请说明理由", "give a reason")
TERMS: Final = Text(
    "权重应当对应每个评分项，且为数值", "there is one weight, a number, for each term"
)
TOO_FEW: Final = Text(
    "到访或签约与未到访的线索各满{least}条后才能拟合，现为{came}条和{gone}条",
    "a fit takes {least} leads that came and {least} that did not; there are {came} and {gone}",
)
MOVED: Final = Text(
    "线索结果已有变化，拟合结果与所见不同，请重新查看",
    "what came of the leads has changed, and the fit with it: look again",
)


@transaction.atomic
def adopt_fit(
    *, actor: Actor, seen: str, reason: str, on: dt.date, now: dt.datetime
) -> InviteWeights:
    """Adopt the weights that the zone's own leads propose; ``seen`` is the fit the person saw."""
    known = funnel(on)
    found = fitted(known)
    if found is None:
        least = invite().refit.least_each
        raise Refused(TOO_FEW.format(least=least, came=known.came, gone=known.gone))
    if seen != mark_of(found):
        raise Refused(MOVED)
    made = InviteWeights(
        weights=dict(found.weights), auc=found.auc, baseline=found.baseline,
        baseline_term=found.baseline_term, came=found.came, asked=found.asked,
    )  # fmt: skip
    return _adopted(made, actor, reason, on, now)


@transaction.atomic
def adopt_weights(
    *, actor: Actor, weights: Mapping[str, float], reason: str, on: dt.date, now: dt.datetime
) -> InviteWeights:
    """Adopt weights that somebody sets by hand."""
    terms = list(invite().weights)
    if set(weights) != set(terms) or not all(map(isfinite, weights.values())):
        raise Refused(TERMS)
    made = InviteWeights(weights={name: float(weights[name]) for name in terms})
    return _adopted(made, actor, reason, on, now)


def mark_of(found: Fit) -> str:
    """Return a few characters that tell one fit from another."""
    return ",".join(f"{value:.6f}" for value in found.weights.values())


def _adopted(
    made: InviteWeights, actor: Actor, reason: str, on: dt.date, now: dt.datetime
) -> InviteWeights:
    if not reason.strip():
        raise Refused(WHY, field="reason")
    made.reason, made.valid_from = reason.strip(), on
    made.adopted_by, made.adopted_at = actor.label[:150], now
    ensure_valid(made)
    made.save()
    record(
        "chains.weights.adopted", actor=actor, subject=f"invite_weights:{made.pk}",
        payload={"weights": made.weights, "auc": made.auc, "baseline": made.baseline},
    )  # fmt: skip
    return made
