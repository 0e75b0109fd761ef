"""One proposal as a reviewer sees it: its links numbered, its words marked, how to share it out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from openzone.engines.chains.checking import folded
from openzone.engines.text import Text
from openzone.zone.chains.models import Placement, PlacementProposal
from openzone.zone.chains.selectors.proposals import by_revenue, equal_split, split
from openzone.zone.errors import Refused

Key = tuple[str, str]
HOW = Text(
    "该企业已有其他环节，请选择如何分配份额",
    "the firm stands at other links: say how to share it out",
)
WHICH = Text("请选择环节", "choose a link")
NO_WAY = Text("这种分配方式不适用", "it cannot be shared out this way")
BAD = Text("“{given}”不是百分数", "“{given}” is no percentage")
WHOLE, EQUAL, SCORE, REVENUE, OWN = "whole", "equal", "score", "revenue", "own"
_HUNDRED: Final = Decimal(100)


class Option(NamedTuple):
    """A link the reviewer can choose by its number; ``field`` begins the names of its inputs."""

    number: int
    key: Key
    score: float
    evidence: list[dict[str, Any]]

    @property
    def field(self) -> str:
        """Return what its share is called in the form."""
        return f"share_{self.number}"


class Held(NamedTuple):
    """A link the firm stands at already, in this chain or another."""

    number: int
    placement: Placement

    @property
    def key(self) -> Key:
        """Return its chain and node."""
        return self.placement.chain, self.placement.node

    @property
    def field(self) -> str:
        """Return what its share is called in the form."""
        return f"held_{self.number}"


class Piece(NamedTuple):
    """A piece of a text; ``number`` is the option its word speaks for, 0 for none."""

    text: str
    number: int


@dataclass(frozen=True)
class Choice:
    """A proposal with what can be chosen and what the firm holds already."""

    proposal: PlacementProposal
    options: tuple[Option, ...]
    held: tuple[Held, ...]

    @property
    def has_revenue(self) -> bool:
        """Whether its products say how revenue is shared among all that would be chosen."""
        return not self.elsewhere and len(by_revenue(self.proposal)) > 1

    @property
    def elsewhere(self) -> tuple[Held, ...]:
        """What it holds that is not among the options."""
        keys = {one.key for one in self.options}
        return tuple(one for one in self.held if one.key not in keys)

    @property
    def scored(self) -> bool:
        """Whether every link it holds elsewhere has a score to weigh by."""
        return all(one.placement.score for one in self.elsewhere)


def choice_of(proposal: PlacementProposal, held: Iterable[Placement]) -> Choice:
    """Return what a reviewer chooses from."""
    best = {"node": proposal.node, "score": proposal.score, "evidence": proposal.evidence}
    options = tuple(
        Option(number, (proposal.chain, one["node"]), one["score"], one["evidence"])
        for number, one in enumerate([best, *proposal.alternatives], 1)
    )
    return Choice(proposal, options, tuple(Held(n, one) for n, one in enumerate(held, 1)))


def parts_of(choice: Choice, sent: Mapping[str, Any]) -> dict[Key, Decimal]:
    """Return the shares a form means: one link, or several shared out in the way it says.

    Raises:
        Refused: nothing is chosen, or the firm stands elsewhere and nobody says how to share it.

    """
    picked = _picked(choice, sent)
    kept = [one for one in choice.elsewhere if f"drop_{one.number}" not in sent]
    keys = [one.key for one in picked] + [one.key for one in kept]
    way = str(sent.get("way") or WHOLE)
    if way == WHOLE:
        if len(keys) > 1:
            raise Refused(HOW, field="way")
        return {keys[0]: Decimal(1)}
    if way == EQUAL:
        return equal_split(keys)
    if way == OWN:
        return _own(picked, kept, sent)
    return _weighed(choice, picked, kept, way)


def _picked(choice: Choice, sent: Mapping[str, Any]) -> list[Option]:
    """Return the option that was picked first, then those ticked beside it."""
    first = str(sent.get("pick") or "")
    numbers = [first, *(str(one.number) for one in choice.options if f"also_{one.number}" in sent)]
    known = {str(one.number): one for one in choice.options}
    if first not in known:
        raise Refused(WHICH, field="pick")
    return [known[one] for one in dict.fromkeys(numbers)]


def _own(
    picked: Iterable[Option], kept: Iterable[Held], sent: Mapping[str, Any]
) -> dict[Key, Decimal]:
    fields = {one.key: one.field for one in picked} | {one.key: one.field for one in kept}
    parts = {key: _percent(sent.get(field)) for key, field in fields.items()}
    return {key: share for key, share in parts.items() if share}


def _weighed(
    choice: Choice, picked: list[Option], kept: list[Held], way: str
) -> dict[Key, Decimal]:
    if way == SCORE and all(one.placement.score for one in kept):
        weights = {one.key: one.score for one in picked}
        return split(weights | {one.key: float(one.placement.score or 0) for one in kept})
    revenue = by_revenue(choice.proposal)
    if way == REVENUE and not kept and all(one.key[1] in revenue for one in picked):
        return split({one.key: revenue[one.key[1]] for one in picked})
    raise Refused(NO_WAY, field="way")


def _percent(given: Any) -> Decimal:
    text = str(given or "").strip().rstrip("%％")
    if not text:
        return Decimal(0)
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", text):
        raise Refused(BAD.format(given=text[:20]), field="way")
    return Decimal(text) / _HUNDRED


def marked(text: str, options: Iterable[Option]) -> list[Piece]:
    """Cut a text at the words that speak for an option, wherever they stand in it."""
    owners: dict[str, int] = {}
    for option in options:
        for one in option.evidence:
            owners.setdefault(folded(one["word"]), option.number)
    words = sorted(filter(None, owners), key=len, reverse=True)
    plain = "".join(folded(letter) if len(folded(letter)) == 1 else letter for letter in text)
    if not words:
        return [Piece(text, 0)] if text else []
    found, end = list[Piece](), 0
    for hit in re.finditer("|".join(map(re.escape, words)), plain):
        found.append(Piece(text[end : hit.start()], 0))
        found.append(Piece(text[hit.start() : hit.end()], owners[hit[0]]))
        end = hit.end()
    found.append(Piece(text[end:], 0))
    return [one for one in found if one.text]
