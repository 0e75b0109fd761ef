"""By which weights candidates are ranked, and what the zone's own leads would make of them."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from openzone.engines.chains.candidates import Candidate, Fit, fit
from openzone.zone.chains.models import CandidateLead, InviteWeights
from openzone.zone.chains.packs import invite
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.models import Interaction, Lead, ReturnVisit
from openzone.zone.promotion.packs import pack as promotion_pack
from openzone.zone.promotion.selectors.alike import root_of

RETURN = "return_visit"


class InForce(NamedTuple):
    """Weights by term, and who adopted them; nobody where they are the pack's."""

    weights: Mapping[str, float]
    adopted: InviteWeights | None


class Outcome(NamedTuple):
    """What came of a candidate: it came, it did not, or that is not known yet."""

    made: CandidateLead
    came: bool | None


class Funnel(NamedTuple):
    """The leads made of candidates by what came of them."""

    outcomes: list[Outcome]

    @property
    def came(self) -> int:
        """How many visited or signed."""
        return sum(one.came is True for one in self.outcomes)

    @property
    def gone(self) -> int:
        """How many did not."""
        return sum(one.came is False for one in self.outcomes)

    @property
    def open(self) -> int:
        """Of how many it is not known yet."""
        return sum(one.came is None for one in self.outcomes)


def weights_on(on: dt.date) -> InForce:
    """Return the weights in force on a day: what was adopted last, else the pack's."""
    found = InviteWeights.objects.filter(valid_from__lte=on).order_by("-valid_from", "-pk").first()
    return InForce(found.weights if found else invite().weights, found)


def funnel(on: dt.date) -> Funnel:
    """Return what came of every lead made of a candidate, as known on a day."""
    rows = list(
        CandidateLead.objects.filter(lead__received_on__lte=on)
        .select_related("lead__investor", "lead__project")
        .order_by("pk")
    )
    visited = _visited([row.lead for row in rows], on)
    quiet = dt.timedelta(days=invite().refit.quiet_days)
    return Funnel([Outcome(row, _came(row.lead, visited, on - quiet)) for row in rows])


def _came(lead: Lead, visited: set[int], since: dt.date) -> bool | None:
    if lead.project_id is not None or lead.pk in visited:
        return True
    ended = lead.state in (LeadState.REJECTED, LeadState.SHELVED)
    return False if ended or lead.received_on <= since else None


def _visited(leads: list[Lead], on: dt.date) -> set[int]:
    """Return the leads whose investor came to look after the lead was made."""
    kinds = [one.id for one in promotion_pack().interactions if one.step == RETURN]
    said = Interaction.objects.filter(
        lead__in=leads, kind__in=kinds, on__lte=on, corrected_by=None
    ).values_list("lead_id", flat=True)
    days: dict[int, list[dt.date]] = {}
    for visit in ReturnVisit.objects.filter(on__lte=on).select_related("investor"):
        days.setdefault(root_of(visit.investor), []).append(visit.on)
    looked = {
        lead.pk
        for lead in leads
        if any(day >= lead.received_on for day in days.get(root_of(lead.investor), ()))
    }
    return set(said) | looked


def fitted(known: Funnel) -> Fit | None:
    """Return the weights that the zone's own leads propose; nothing while there are too few."""
    asked = invite().refit
    settled = [one for one in known.outcomes if one.came is not None]
    if min(known.came, known.gone) < asked.least_each:
        return None
    rows = [Candidate(one.made.firm_key, one.made.node, values=one.made.values) for one in settled]
    return fit(
        rows, [one.came is True for one in settled], list(invite().weights),
        penalty=asked.penalty, folds=asked.folds,
    )  # fmt: skip
