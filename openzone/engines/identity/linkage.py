"""Link a company name as people write it to the enterprises of a registry.

Keys in order: credit code, full name with place, former names, short name; then names
that sound alike and names that look alike. "same" is kept for what may be merged without
asking; the same brand in another place is never more than "review".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from openzone.engines.identity import findings
from openzone.engines.identity.entries import (
    InvalidEntry,
    RegistryEntry,
    require_usable,
    valid_code,
)
from openzone.engines.identity.findings import Decision, Finding
from openzone.engines.identity.names import NameParts, NameSplitter, normalise
from openzone.engines.identity.ngrams import NgramIndex
from openzone.engines.identity.resemblance import place_as_brand, resemblance, searched_text
from openzone.engines.identity.sounds import sound
from openzone.engines.text import Text

__all__ = ["CERTAIN_KINDS", "Candidate", "InvalidEntry", "Registry", "RegistryEntry"]

# The kinds of "same" that rest on a code or on the full name with its place. Where money or a
# penalty follows from a link, accept these alone and let a person see the other "same" ones.
CERTAIN_KINDS = frozenset({"uscc", "full", "spelling", "former", "converted"})

# How many look-alikes are compared part by part, and the scores below which one is
# "no" and is not worth showing. Chosen on the generated registry of benchmarks/identity_linkage.py.
_LOOK_ALIKES = 30
_REVIEW = 0.56
_SHOWN = 0.30


@dataclass(frozen=True, slots=True)
class Candidate:
    """One enterprise the query may mean, best first; ``score`` ranks, ``decision`` decides."""

    id: str
    name: str
    score: float
    kind: str
    reason: Text
    decision: Decision

    def as_dict(self) -> dict[str, Any]:
        """Return the candidate as JSON values."""
        reason = {"zh": self.reason.zh, "en": self.reason.en}
        return {
            "id": self.id,
            "name": self.name,
            "score": self.score,
            "kind": self.kind,
            "reason": reason,
            "decision": self.decision,
        }


@dataclass(frozen=True, slots=True)
class _Name:
    """A current or former name of the entry at ``owner``."""

    owner: int
    parts: NameParts
    former: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    owner: int
    score: float
    decision: Decision
    findings: tuple[Finding, ...]


class Registry:
    """An index over enterprises; building it reads every name once, linking changes nothing."""

    def __init__(self, entries: Iterable[RegistryEntry], splitter: NameSplitter) -> None:
        """Index the entries; raises ``InvalidEntry`` for an empty name or a repeated id."""
        self._entries = tuple(entries)
        self._splitter = splitter
        require_usable(self._entries)
        self._names = [
            name for owner in range(len(self._entries)) for name in self._names_of(owner)
        ]
        self._codes = [valid_code(entry.uscc) for entry in self._entries]
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_core: dict[str, list[int]] = defaultdict(list)
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        self._by_short: dict[str, list[int]] = defaultdict(list)
        self._fill_keys()
        self._nearest = NgramIndex([searched_text(name.parts) for name in self._names])

    def __len__(self) -> int:
        return len(self._entries)

    def link(self, query: str, *, uscc: str | None = None, top: int = 3) -> list[Candidate]:
        """Return up to ``top`` enterprises the query may mean, best first.

        ``query`` is a name or a credit code; ``uscc`` a code known beside the name. At most
        one candidate is "same".
        """
        own = valid_code(uscc or query)
        parts = self._splitter.split(query)
        if own in self._by_code:
            matches = self._settled(list(self._by_own_code(own, parts)), own)
            return [self._candidate(match) for match in matches[:top]]
        if not parts.core or own == parts.name:
            return []
        matches = self._settled(list(self._exact(parts)), own)
        if not any(match.decision == "same" for match in matches):
            matches = self._settled([*matches, *self._loose(parts)], own)
        return [self._candidate(match) for match in matches[:top]]

    def _names_of(self, owner: int) -> Iterator[_Name]:
        entry = self._entries[owner]
        yield _Name(owner, self._splitter.split(entry.name))
        for former in entry.former_names:
            yield _Name(owner, self._splitter.split(former), former=True)

    def _fill_keys(self) -> None:
        for position, name in enumerate(self._names):
            self._by_name[name.parts.name].append(position)
            self._by_core[name.parts.core].append(position)
            self._by_sound[sound(name.parts.core)].append(position)
        for owner, code in enumerate(self._codes):
            if code:
                self._by_code[code].append(owner)
        for owner, entry in enumerate(self._entries):
            for short in entry.short_names:
                self._by_short[normalise(short)].append(owner)

    def _by_own_code(self, own: str, query: NameParts) -> Iterator[_Match]:
        named = {self._names[position].owner for position in self._by_name.get(query.name, ())}
        for owner in self._by_code[own]:
            agrees = owner in named or query.name == own
            yield _match(owner, [findings.USCC if agrees else findings.RENAMED])

    def _exact(self, query: NameParts) -> Iterator[_Match]:
        """Yield the names written alike: the whole, brand and trade, or a listed short name."""
        whole = set(self._by_name.get(query.name, ()))
        for position in whole:
            yield self._judge(self._names[position], [findings.FULL])
        for owner in self._by_short.get(query.name, ()):
            yield _match(owner, [findings.SHORT])
        readings = (query, place_as_brand(query)) if query.place else (query,)
        for reading in readings:
            positions = self._by_core.get(reading.core, ())
            alone = reading is query and self._owners(positions) == 1
            for position in positions:
                if position not in whole:
                    name = self._names[position]
                    found = list(findings.differences(reading, name.parts, alone=alone))
                    yield self._judge(name, found or [findings.SPELLING])

    def _loose(self, query: NameParts) -> Iterator[_Match]:
        """Yield the names that sound alike, then those that look alike."""
        positions = self._by_sound.get(sound(query.core), ())
        here = [p for p in positions if findings.same_place(query, self._names[p].parts)]
        alone = self._owners(here) == 1
        for position in positions:
            name = self._names[position]
            if name.parts.core != query.core:
                found = list(findings.differences(query, name.parts, alone=alone))
                yield self._judge(name, found)
        for position in self._nearest.search(searched_text(query), _LOOK_ALIKES):
            name = self._names[position]
            finding, score = resemblance(query, name.parts)
            decision: Decision = "review" if score >= _REVIEW else "no"
            yield _Match(name.owner, score, decision, (finding,))

    def _judge(self, name: _Name, found: list[Finding]) -> _Match:
        if name.former:
            found = [
                findings.FORMER,
                *(f for f in found if f not in (findings.FULL, findings.SPELLING)),
            ]
        return _match(name.owner, found)

    def _owners(self, positions: Sequence[int]) -> int:
        return len({self._names[position].owner for position in positions})

    def _settled(self, matches: list[_Match], own: str | None) -> list[_Match]:
        """Keep the best match of each enterprise and let no two of them be "same"."""
        best: dict[int, _Match] = {}
        for match in (self._unless_conflict(match, own) for match in matches):
            if match.owner not in best or _rank(match) < _rank(best[match.owner]):
                best[match.owner] = match
        same = [match for match in best.values() if match.decision == "same"]
        top = max((match.score for match in same), default=0.0)
        rivals = [match for match in same if match.score == top]
        for match in same:
            if match.score < top or len(rivals) > 1:
                best[match.owner] = _match(match.owner, [*match.findings, findings.SEVERAL])
        return sorted((m for m in best.values() if m.score >= _SHOWN), key=_rank)

    def _unless_conflict(self, match: _Match, own: str | None) -> _Match:
        code = self._codes[match.owner]
        if own and code and own != code and match.decision == "same":
            return _match(match.owner, [*match.findings, findings.CONFLICT])
        return match

    def _candidate(self, match: _Match) -> Candidate:
        entry = self._entries[match.owner]
        weakest = min(match.findings, key=lambda finding: finding.weight)
        return Candidate(
            id=entry.id,
            name=entry.name,
            score=round(match.score, 3),
            kind=weakest.kind,
            reason=Text(
                "；".join(finding.reason.zh for finding in match.findings),
                "; ".join(finding.reason.en for finding in match.findings),
            ),
            decision=match.decision,
        )


def _match(owner: int, found: list[Finding]) -> _Match:
    """Put findings together: the weakest decides, and two liberties are one too many."""
    liberties = [finding for finding in found if finding.weight < findings.SPELLING.weight]
    same = all(finding.decision == "same" for finding in found)
    if same and len(liberties) > 1:
        found, same = [*found, findings.LIBERTIES], False
    score = prod(finding.weight for finding in found)
    return _Match(owner, score, "same" if same else "review", tuple(found))


def _rank(match: _Match) -> tuple[float, int]:
    return -match.score, match.owner
