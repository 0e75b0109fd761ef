"""Drafts of chains: what a text says, what is wrong with it, what it would change."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import QuerySet

from openzone.engines.chains.diff import ChainDiff
from openzone.engines.chains.effect import Effect, effect
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.problems import Finding, PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.chain_checks import Read, checked
from openzone.packs.chain_parts import compare
from openzone.packs.chain_shape import ChainPack
from openzone.packs.chain_text import json_like
from openzone.packs.chains import chain_files, read_chain
from openzone.packs.loading import zone_folder
from openzone.zone.chains.models import ChainDraft, ChainRelease
from openzone.zone.chains.selectors.standing import on_record
from openzone.zone.chains.selectors.versions import chain_ids, release_on

OTHER_ID = Text("编号须为“{chain}”", "the id has to be “{chain}”")
TEMPLATE = """\
chain:
  id: {id}
  name: {name}
  version: "1"
  verified: K
stages: [上游, 中游, 下游]
nodes: []
edges: []
"""


@dataclass(frozen=True)
class Reading:
    """What a text says: the chain if it can be used, and every problem with its line.

    ``value`` is the plain data as far as the text can be read at all.
    """

    value: Mapping[str, Any]
    pack: ChainPack | None
    problems: tuple[PackProblem, ...]

    @cached_property
    def about(self) -> Mapping[str, tuple[PackProblem, ...]]:
        """The problems by the node or edge they are about."""
        found: dict[str, tuple[PackProblem, ...]] = {}
        for problem in self.problems:
            found[problem.path] = (*found.get(problem.path, ()), problem)
        return found

    def entries(self, key: str) -> list[Mapping[str, Any]]:
        """Return the nodes or edges as they are written; what is none of them is left out."""
        given = self.value.get(key)
        listed = given if isinstance(given, list) else []
        return [one if isinstance(one, Mapping) else {} for one in listed]

    @property
    def stages(self) -> list[str]:
        """The stages as they are written."""
        given = self.value.get("stages")
        return [one for one in given if isinstance(one, str)] if isinstance(given, list) else []


@dataclass(frozen=True, slots=True)
class InForce:
    """What a chain is on a day: its number (0: the packs' file) and text; empty where it is new."""

    number: int
    text: str


def drafts() -> QuerySet[ChainDraft]:
    """Return all drafts, the last edited first."""
    return ChainDraft.objects.select_related("author", "edited_by", "submitted_by", "release")


@lru_cache(maxsize=64)
def read(text: str, chain: str) -> Reading:
    """Read the text of a draft; nothing is raised, every problem is told at once."""
    try:
        document = read_document(text, f"{chain}.yaml")
    except PackError as error:
        return Reading({}, None, tuple(error.problems))
    value = json_like(document.value)
    try:
        pack = checked(Read(document.value, document.problem))
    except PackError as error:
        return Reading(value, None, _of_this(document, chain, *error.problems))
    other = () if pack.chain.id == chain else _of_this(document, chain)
    return Reading(value, None if other else pack, other)


def _of_this(document: Document, chain: str, *problems: PackProblem) -> tuple[PackProblem, ...]:
    """Add the problem that the text is of another chain, if it is."""
    head = document.value.get("chain")
    given = head.get("id") if isinstance(head, Mapping) else None
    if given is None or given == chain:
        return problems
    finding = Finding(("chain", "id"), OTHER_ID.format(chain=chain))
    return tuple(sorted((*problems, document.problem(finding)), key=lambda one: one.line))


def in_force(chain: str, on: dt.date) -> InForce:
    """Return the text that is in force on a day, with its number."""
    release = release_on(chain, on)
    if release is not None:
        return InForce(release.number, release.text)
    path = chain_files(zone_folder()).get(chain)
    return InForce(0, path.read_text("utf-8-sig") if path else "")


def text_of(chain: str, number: int) -> str | None:
    """Return the text of a version; 0 is the packs' file."""
    if number:
        found = ChainRelease.objects.filter(chain=chain, number=number).first()
        return found.text if found else None
    path = chain_files(zone_folder()).get(chain)
    return path.read_text("utf-8-sig") if path else None


def latest_number(chain: str) -> int:
    """Return the number of the newest version, also one that is not in force yet; 0: none."""
    found = ChainRelease.objects.filter(chain=chain).order_by("-number").first()
    return found.number if found else 0


def newest(chain: str, on: dt.date) -> InForce:
    """Return what a new version would follow: the newest there is, in force already or not."""
    number = latest_number(chain)
    return InForce(number, text_of(chain, number) or "") if number else in_force(chain, on)


def has_newer(draft: ChainDraft, on: dt.date) -> bool:
    """Whether something else came in force since the draft's editors last looked."""
    now = newest(draft.chain, on)
    return now.number != draft.base_number or (not now.number and now.text != draft.base_text)


def exists(chain: str, on: dt.date) -> bool:
    """Whether there is such a chain, of the packs or published."""
    return chain in chain_ids(on) or latest_number(chain) > 0


def difference(draft: ChainDraft, on: dt.date) -> ChainDiff | None:
    """Return in what a draft differs from what it would follow; nothing while it has faults."""
    after = read(draft.text, draft.chain).pack
    if after is None:
        return None
    return compare(pack_of(newest(draft.chain, on).text, draft.chain), after, draft.moves)


def pack_of(text: str, chain: str) -> ChainPack | None:
    """Return the chain a text of the record says; nothing for no text."""
    return read_chain(text, f"{chain}.yaml") if text else None


def effect_of(draft: ChainDraft, on: dt.date) -> Effect | None:
    """Return what a draft does to the figures with today's placements; nothing for a new chain."""
    after = read(draft.text, draft.chain).pack
    if after is None or draft.chain not in chain_ids(on):
        return None
    return effect(on_record(draft.chain, on).standing, after.as_chain, draft.moves)
