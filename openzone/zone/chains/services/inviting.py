"""From a candidate to a lead and from a plan to a trip, through the services of promotion."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import IntegrityError, transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.chains.models import CandidateLead
from openzone.zone.chains.selectors.inviting import Ranked, Ranking, Stopover
from openzone.zone.chains.selectors.prospects import SUPPLIER, Prospect
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.models import FieldTeam, Investor, Lead, Trip
from openzone.zone.promotion.selectors.alike import who_has
from openzone.zone.promotion.services.field_links import firm_named
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import change_lead, record_lead
from openzone.zone.promotion.services.suppliers import supplier_to_lead
from openzone.zone.promotion.services.trips import Stop, plan_trip

LEADER, OTHER = "chain", "other"
"""What leads are called among the sources of ``promotion.yaml``: brought by a firm here, or not."""
IS_LEAD: Final = Text(
    "“{name}”已是线索 {number}（{who}）", "“{name}” is the lead {number} already ({who})"
)
NO_FIRM: Final = Text(
    "所选城市没有尚未成为线索的候选企业", "no candidate of these cities is left to be seen"
)
_PURPOSE, _REASON = 2000, 500


@transaction.atomic
def invite_candidate(
    *, actor: Actor, ranking: Ranking, row: Ranked, on: dt.date, now: dt.datetime,
    unit: Unit | None = None, adviser: User | None = None, user: User | None = None,
    sure: bool = False,
) -> Lead:  # fmt: skip
    """Make a candidate a lead for its gap, with the reason; once for a firm and a gap.

    What is known of it by term is kept, so that weights can be fitted to what comes of it.

    Raises:
        Refused: it is a lead for this gap already, or firms or leads on record are alike and
            nobody said that this is another one.

    """
    chain = ranking.reading.chain.id
    _ensure_none(row.prospect, chain, row.node)
    lead = _lead(
        actor=actor, ranking=ranking, row=row, on=on, now=now, unit=unit, adviser=adviser,
        user=user, sure=sure,
    )  # fmt: skip
    made = CandidateLead(
        chain=chain, node=row.node, firm_key=row.prospect.key, name=row.prospect.outside.name,
        lead=lead, values=dict(row.scored.candidate.values), score=row.scored.score,
        made_by=user, made_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        _ensure_none(row.prospect, chain, row.node)
        raise
    record(
        "chains.candidate.lead", actor=actor, subject=f"lead:{lead.pk}",
        payload={"chain": chain, "node": row.node, "score": row.scored.score},
    )  # fmt: skip
    return lead


def _ensure_none(prospect: Prospect, chain: str, node: str) -> None:
    found = CandidateLead.objects.filter(firm_key=prospect.key, chain=chain, node=node).first()
    if found is not None:
        zh, en = (
            IS_LEAD.format(name=found.name, number=found.lead.number, who=who)
            for who in (who_has(found.lead).zh, who_has(found.lead).en)
        )
        raise Refused(Text(zh.zh, en.en))


def _lead(
    *, actor: Actor, ranking: Ranking, row: Ranked, on: dt.date, now: dt.datetime,
    unit: Unit | None, adviser: User | None, user: User | None, sure: bool,
) -> Lead:  # fmt: skip
    prospect, chain = row.prospect, ranking.reading.chain
    gap, reason = ranking.names[row.node].zh, ranking.why(row).zh[:_REASON]
    if prospect.kind == SUPPLIER:
        lead = supplier_to_lead(
            actor=actor, supplier=prospect.supplies[0], now=now, on=on, adviser=adviser,
            user=user, sure=sure,
        )  # fmt: skip
        return change_lead(
            actor=actor, lead=lead, chain=chain.name.zh, node=gap, gap=gap, gap_reason=reason
        )
    ties = bool(row.scored.candidate.values.get("ties"))
    return record_lead(
        actor=actor, investor=_investor(actor, prospect, now, user, sure=sure),
        title=f"{prospect.outside.name}（{gap}）"[:200],
        source=LEADER if ties else OTHER, source_note=_listed(prospect), received_on=on, now=now,
        unit=unit, adviser=adviser, user=user, sure=sure, synthetic=prospect.synthetic,
        chain=chain.name.zh, node=gap, gap=gap, gap_reason=reason,
    )  # fmt: skip


def _investor(
    actor: Actor, prospect: Prospect, now: dt.datetime, user: User | None, *, sure: bool
) -> Investor:
    firm = prospect.enterprise
    if firm is not None:
        known = Investor.objects.filter(enterprise__root=firm.pk, merged_into=None).first()
        return known or record_investor(
            actor=actor, name=firm.name, uscc=firm.uscc, enterprise=firm, now=now, user=user,
            sure=sure, synthetic=firm.synthetic,
        )  # fmt: skip
    row = prospect.rows[0]
    return firm_named(
        actor=actor, name=row.name, uscc=prospect.uscc, now=now, user=user,
        region=f"{row.province}{row.city}"[:100], business=prospect.business[:300],
        synthetic=prospect.synthetic, sure=sure,
    )  # fmt: skip


def _listed(prospect: Prospect) -> str:
    names = dict.fromkeys(f"{row.listing.name}（{row.listing.as_of}）" for row in prospect.rows)
    return "、".join(names)[:200]


@transaction.atomic
def plan_invitations(
    *, actor: Actor, ranking: Ranking, stops: Sequence[Stopover], team: FieldTeam, title: str,
    channel: str, leader: User, now: dt.datetime, user: User | None = None,
) -> Trip:  # fmt: skip
    """Plan a trip of promotion with its cities, the gaps, and the firms to see in its purpose."""
    if not stops:
        raise Refused(NO_FIRM, field="cities")
    nodes = dict.fromkeys(row.node for stop in stops for row in stop.rows)
    trip = plan_trip(
        actor=actor, team=team, title=title, channel=channel, leader=leader, now=now, user=user,
        purpose=_purpose(ranking, stops), gaps=[ranking.names[node].zh for node in nodes],
        stops=[Stop(one.city, one.begins, one.ends) for one in stops],
        synthetic=any(row.prospect.synthetic for stop in stops for row in stop.rows),
    )  # fmt: skip
    record(
        "chains.candidate.trip", actor=actor, subject=f"trip:{trip.pk}",
        payload={"chain": ranking.reading.chain.id, "cities": [one.city for one in stops],
                 "firms": sum(len(one.rows) for one in stops)},
    )  # fmt: skip
    return trip


def _purpose(ranking: Ranking, stops: Sequence[Stopover]) -> str:
    """Return what the trip is for; what does not fit is counted, the plan as a file has it all."""
    lines = [f"{ranking.reading.chain.name.zh}招商："]
    left = sum(len(stop.rows) for stop in stops)
    for stop in stops:
        for row in stop.rows:
            line = f"{stop.city} {row.prospect.outside.name}（{ranking.names[row.node].zh}）"
            if sum(map(len, lines)) + len(lines) + len(line) > _PURPOSE - 40:
                return "\n".join([*lines, f"另有{left}家见行程计划"])
            lines.append(line)
            left -= 1
    return "\n".join(lines)
