"""Firms at nodes that a new version does not have: they go on where the draft said."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.chains.models import ChainRelease, Placement
from openzone.zone.chains.selectors.drafts import pack_of
from openzone.zone.chains.selectors.releases import left_behind
from openzone.zone.chains.services.placing import Grounds, Key, place
from openzone.zone.chains.services.writing import rows_from
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

NOT_YET = Text(
    "该版本自 {day} 施行，企业到那天才能转到新节点",
    "this version applies from {day}; firms go to its nodes from that day on",
)
NOTHING = Text("没有可以转到新节点的企业", "there is no firm that could go to another node")
SOURCE = "产业链第{n}版 / chain version {n}: {moves}"


@transaction.atomic
def settle(
    *, actor: Actor, by: User, release: ChainRelease, moves: Mapping[str, str], now: dt.datetime
) -> int:
    """Let firms go on at other nodes from the day of a version, and return how many did.

    ``moves`` names for nodes the version does not have those that take over. A firm that stands at
    another node nobody takes over stays as it is: its shares would not come to 1.
    """
    if release.valid_from > timezone.localdate(now):
        raise Refused(NOT_YET.format(day=release.valid_from))
    known = pack_of(release.text, release.chain)
    nodes = {node.id for node in known.nodes} if known else set()
    moved = [
        firm.pk
        for firm, rows in _by_firm(left_behind(release)).items()
        if all(moves.get(row.node) in nodes for row in rows)
        and _moved(actor, by, release, firm, moves, now)
    ]
    if not moved:
        raise Refused(NOTHING)
    payload: dict[str, JSON] = {"number": release.number, "moves": dict(moves), "firms": moved}
    subject = f"chain:{release.chain}"
    record("chains.release.settled", actor=actor, subject=subject, payload=payload)
    return len(moved)


def _by_firm(rows: Iterable[Placement]) -> dict[Enterprise, list[Placement]]:
    found: dict[Enterprise, list[Placement]] = {}
    for row in rows:
        found.setdefault(row.enterprise.root, []).append(row)
    return found


def _moved(
    actor: Actor, by: User, release: ChainRelease, firm: Enterprise, moves: Mapping[str, str],
    now: dt.datetime,
) -> bool:  # fmt: skip
    """Place a firm anew from the version's day, or its own last day if that is later."""
    rows = list(rows_from(firm, release.valid_from))
    day = max(release.valid_from, *(row.valid_from for row in rows))
    parts: dict[Key, Decimal] = {}
    evidence: dict[Key, list[object]] = {}
    for row in rows_from(firm, day):
        goes = row.chain == release.chain and row.node in moves
        key = (row.chain, moves[row.node] if goes else row.node)
        parts[key] = parts.get(key, Decimal(0)) + row.share
        if goes:
            evidence[key] = [*evidence.get(key, ()), *row.evidence]
    said = "、".join(f"{old}→{new}" for old, new in moves.items())
    source = SOURCE.format(n=release.number, moves=said)[:300]
    grounds = Grounds(source=source, evidence=evidence)
    try:
        with transaction.atomic():
            place(actor=actor, user=by, enterprise=firm, parts=parts, valid_from=day, now=now,
                  grounds=grounds)  # fmt: skip
    except Refused:  # another of its nodes is in no chain: a person has to look at it
        return False
    return True
