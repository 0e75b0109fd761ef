"""Reading firms against chains: proposals for people to decide, those decided left alone."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.db import transaction

from openzone.engines.chains.placing import Evidence, Placed, Placement
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ProposalState
from openzone.zone.chains.models import Placement as Standing
from openzone.zone.chains.models import PlacementProposal, PlacingRun
from openzone.zone.chains.selectors.texts import (
    Read,
    firms_on,
    last_enterprise,
    placer_on,
    to_read,
    version_on,
)
from openzone.zone.chains.selectors.versions import chain_ids, pack_on
from openzone.zone.chains.services.writing import note
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

NO_CHAIN = Text("没有产业链“{chain}”", "there is no chain “{chain}”")
OPEN: Final = ProposalState.WAITING
_BATCH: Final = 2_000
COUNTED: Final = ("read", "placed", "proposed", "superseded", "withdrawn")
_ALTERNATIVES: Final = 8
"""So many beside the first: keys 1 to 9 choose among them."""


@dataclass(frozen=True)
class Found:
    """What reading firms against one chain found, before anything is written.

    ``asked`` are the firms that were read, ``placed`` those of whom a text says something. Below
    the score ``least`` a node is hardly a hint.
    """

    chain: str
    version: int
    asked: Sequence[int]
    least: float
    placed: Mapping[int, Placement]

    def pieces(self) -> Iterator[Self]:
        """Yield it in pieces that are written in a second or so: SQLite has one writer."""
        for start in range(0, len(self.asked), _BATCH):
            some = self.asked[start : start + _BATCH]
            placed = {firm: self.placed[firm] for firm in some if firm in self.placed}
            yield replace(self, asked=some, placed=placed)


@transaction.atomic
def begin_run(
    *, actor: Actor, user: User | None, chains: Sequence[str], as_of: dt.date, now: dt.datetime,
    only_changed: bool = False, enterprises: Sequence[Enterprise] | None = None,
) -> PlacingRun:  # fmt: skip
    """Ask for firms to be read against some chains, all of them where none is named.

    All firms, those of whom something changed since the last such reading, or ``enterprises``.
    """
    known = chain_ids(as_of)
    for chain in chains:
        if chain not in known:
            raise Refused(NO_CHAIN.format(chain=chain), field="chain")
    run = PlacingRun.objects.create(
        asked_by=user, asked_at=now, as_of=as_of, chains=list(chains) or known,
        only_changed=only_changed, upto=last_enterprise(),
        firms=None if enterprises is None else sorted({one.root_id for one in enterprises}),
    )  # fmt: skip
    payload = {"chains": run.chains, "only_changed": only_changed}
    note(action="run.begun", actor=actor, subject=f"placing_run:{run.pk}", payload=payload)
    return run


def texts_for(run: PlacingRun) -> list[Read]:
    """Return the texts of every firm a run may ask, read from the record once."""
    asked = [to_read(run, one) for one in run.chains]
    if any(one is None for one in asked):
        return firms_on(run.as_of)
    few = set[int]().union(*(one or set() for one in asked))
    return firms_on(run.as_of, sorted(few)) if few else []


def read_chain(run: PlacingRun, chain: str, texts: Iterable[Read]) -> Found:
    """Read firms against one chain; nothing is written."""
    wanted = to_read(run, chain)
    placer, placed, asked = placer_on(chain, run.as_of), dict[int, Placement](), list[int]()
    least = pack_on(chain, run.as_of).manner(zone_folder()).review_from
    for one in texts:
        if wanted is not None and one.enterprise not in wanted:
            continue
        asked.append(one.enterprise)
        found = placer.place(one.firm)
        if found.nodes:
            placed[one.enterprise] = found
    return Found(chain, version_on(chain, run.as_of), asked, least, placed)


@transaction.atomic
def keep_proposals(
    *, actor: Actor, run: PlacingRun, found: Found, now: dt.datetime
) -> Counter[str]:
    """Write down what is new or rests on other words; return the counts.

    What was decided stays, and does not come back on the same grounds. A waiting proposal that
    changed is superseded; one nothing speaks for any more is withdrawn. Where a firm stands at
    every node found there is nothing to decide.
    """
    last, stands = _last(found), _stands(found)
    made: list[PlacementProposal] = []
    gone: list[int] = []
    synthetic = _synthetic(found)
    for firm, placement in found.placed.items():
        digest, known = digest_of(placement), last.get(firm)
        if known is not None and known.digest == digest and known.state in _KEPT:
            continue
        named = {one.node for one in placement.nodes if one.score >= found.least}
        if named and named <= stands.get(firm, set()):
            continue
        if known is not None and known.state == OPEN:
            gone.append(known.pk)
        made.append(_proposal(run, found, firm, placement, now, synthetic=firm in synthetic))
    _set(gone, ProposalState.SUPERSEDED)
    lost = [one.pk for firm, one in last.items() if one.state == OPEN and firm not in found.placed]
    _set(lost, ProposalState.WITHDRAWN)
    PlacementProposal.objects.bulk_create(made, batch_size=_BATCH)
    return Counter(
        read=len(found.asked), placed=len(found.placed), proposed=len(made), superseded=len(gone),
        withdrawn=len(lost),
    )  # fmt: skip


@transaction.atomic
def note_chain(*, actor: Actor, run: PlacingRun, found: Found, counts: Counter[str]) -> PlacingRun:
    """Say what reading against one chain brought."""
    told = {"version": found.version, **{name: counts[name] for name in COUNTED}}
    run.results = {**run.results, found.chain: told}
    run.save(update_fields=["results"])
    note(action="run.chain", actor=actor, subject=f"placing_run:{run.pk}",
         payload={"chain": found.chain, **told})  # fmt: skip
    return run


@transaction.atomic
def finish_run(*, actor: Actor, run: PlacingRun, now: dt.datetime) -> PlacingRun:
    """Say that a reading came to its end: the next one may ask only what changed since."""
    run.finished_at = now
    run.save(update_fields=["finished_at"])
    note(action="run.finished", actor=actor, subject=f"placing_run:{run.pk}",
         payload={"results": run.results})  # fmt: skip
    return run


@transaction.atomic
def propose(
    *, actor: Actor, user: User | None, chains: Sequence[str], as_of: dt.date, now: dt.datetime,
    only_changed: bool = False, enterprises: Sequence[Enterprise] | None = None,
) -> PlacingRun:  # fmt: skip
    """Read the firms and write down every proposal at once, for few firms or in a script."""
    run = begin_run(
        actor=actor, user=user, chains=chains, as_of=as_of, now=now, only_changed=only_changed,
        enterprises=enterprises,
    )  # fmt: skip
    texts = texts_for(run)
    for chain in run.chains:
        found, counts = read_chain(run, chain, texts), Counter[str]()
        for piece in found.pieces():
            counts += keep_proposals(actor=actor, run=run, found=piece, now=now)
        note_chain(actor=actor, run=run, found=found, counts=counts)
    return finish_run(actor=actor, run=run, now=now)


def digest_of(placement: Placement) -> str:
    """Return what tells whether two readings rest on the same words for the same nodes."""
    said = sorted(
        [one.node, sorted({(e.kind.value, e.phrase, e.word) for e in one.evidence})]
        for one in placement.nodes
    )
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


_KEPT: Final = (OPEN, ProposalState.CONFIRMED, ProposalState.REJECTED)


def _last(found: Found) -> dict[int, PlacementProposal]:
    """Return the last proposal of each firm in a chain, under the enterprise it is read as."""
    rows = PlacementProposal.objects.filter(
        chain=found.chain, enterprise__root__in=found.asked
    ).order_by("pk")
    lean = rows.select_related("enterprise").only("digest", "state", "enterprise__root_id")
    return {one.enterprise.root_id: one for one in lean}


def _stands(found: Found) -> dict[int, set[str]]:
    rows = Standing.objects.filter(
        chain=found.chain, withdrawn_at__isnull=True, valid_to__isnull=True,
        enterprise__root__in=found.asked,
    ).values_list("enterprise__root_id", "node")  # fmt: skip
    nodes: dict[int, set[str]] = {}
    for firm, node in rows:
        nodes.setdefault(firm, set()).add(node)
    return nodes


def _synthetic(found: Found) -> set[int]:
    rows = Enterprise.objects.filter(pk__in=list(found.placed), synthetic=True)
    return set(rows.values_list("pk", flat=True))


def _set(numbers: Sequence[int], state: ProposalState) -> None:
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        PlacementProposal.objects.filter(pk__in=some, state=OPEN).update(state=state)


def _proposal(
    run: PlacingRun, found: Found, firm: int, placement: Placement, now: dt.datetime, *,
    synthetic: bool,
) -> PlacementProposal:  # fmt: skip
    best, *others = placement.nodes
    return PlacementProposal(
        run=run, enterprise_id=firm, chain=found.chain, version=found.version,
        band=placement.band.value, node=best.node, score=best.score,
        evidence=_told(best.evidence), alternatives=[_other(one) for one in others[:_ALTERNATIVES]],
        digest=digest_of(placement), proposed_at=now, synthetic=synthetic,
    )  # fmt: skip


def _other(placed: Placed) -> dict[str, Any]:
    told = _told(placed.evidence)
    return {"node": placed.node, "score": round(placed.score, 6), "evidence": told}


def _told(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [
        {"kind": one.kind.value, "phrase": one.phrase, "word": one.word,
         "counts": round(one.counts, 6)}
        for one in evidence
    ]  # fmt: skip
