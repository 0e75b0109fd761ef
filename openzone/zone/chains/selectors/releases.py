"""The versions of chains, and what became of the firms at nodes that went."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q, QuerySet

from openzone.engines.rules.problems import PackError
from openzone.engines.text import Text
from openzone.packs.chain_shape import ChainPack
from openzone.packs.chains import chain_files
from openzone.packs.loading import zone_folder
from openzone.zone.chains.enums import ChainDraftState
from openzone.zone.chains.models import ChainDraft, ChainRelease, Placement
from openzone.zone.chains.permissions import may_settle
from openzone.zone.chains.selectors.drafts import pack_of, text_of
from openzone.zone.chains.selectors.versions import pack_on, release_on
from openzone.zone.people.models import User

WAITING = (ChainDraftState.DRAFT, ChainDraftState.SUBMITTED)


class ChainLine(NamedTuple):
    """A chain in the list: the version in force, how many there are, and what is drafted."""

    chain: str
    title: Text
    release: ChainRelease | None
    nodes: int
    edges: int
    versions: int
    drafts: int

    @property
    def number(self) -> int:
        """The number of the version in force; 0: the packs' file."""
        return self.release.number if self.release else 0


def releases(chain: str) -> QuerySet[ChainRelease]:
    """Return the versions of a chain, the newest first."""
    return ChainRelease.objects.filter(chain=chain).order_by("-number")


def to_publish(user: User, on: dt.date) -> list[ChainDraft]:
    """Return the submitted drafts that somebody may publish, the longest waiting first."""
    if not may_settle(user, on).allowed:
        return []
    rows = ChainDraft.objects.filter(state=ChainDraftState.SUBMITTED).exclude(editors=user)
    return list(rows.order_by("submitted_at"))


def returned_to(user: User) -> list[ChainDraft]:
    """Return the drafts of somebody that came back with a reason."""
    rows = ChainDraft.objects.filter(state=ChainDraftState.DRAFT, author=user)
    return list(rows.exclude(reason=""))


def has_file(chain: str) -> bool:
    """Whether the packs have a file of the chain: its version 0."""
    return chain in chain_files(zone_folder())


def lines(on: dt.date) -> list[ChainLine]:
    """Return every chain, of the packs, published, or only drafted yet."""
    drafted = list(ChainDraft.objects.filter(state__in=WAITING).values_list("chain", flat=True))
    published = list(ChainRelease.objects.values_list("chain", flat=True))
    names = {*chain_files(zone_folder()), *published, *drafted}
    return [
        _line(chain, on, published.count(chain), drafted.count(chain)) for chain in sorted(names)
    ]


def _line(chain: str, on: dt.date, versions: int, drafts: int) -> ChainLine:
    try:
        pack: ChainPack | None = pack_on(chain, on)
    except PackError:  # not in force yet, or only drafted
        pack = None
    title = pack.chain.name.text if pack else Text(chain, chain)
    nodes, edges = (len(pack.nodes), len(pack.edges)) if pack else (0, 0)
    return ChainLine(chain, title, release_on(chain, on), nodes, edges, versions, drafts)


def title_of(chain: str, on: dt.date) -> Text:
    """Return what a chain in force is called; its id where it is not in force yet."""
    try:
        return pack_on(chain, on).chain.name.text
    except PackError:
        return Text(chain, chain)


def version_of(chain: str, number: int) -> ChainPack | None:
    """Return a version of a chain (0: the packs' file); nothing if there is none."""
    text = text_of(chain, number)
    return pack_of(text, chain) if text else None


def before(release: ChainRelease) -> ChainPack | None:
    """Return what a version followed."""
    return version_of(release.chain, release.number - 1)


def left_behind(release: ChainRelease) -> list[Placement]:
    """Return the placements that hold on the day of a version or later at nodes it lacks."""
    pack = pack_of(release.text, release.chain)
    nodes = [node.id for node in pack.nodes] if pack else []
    return homeless(release.chain, nodes, release.valid_from)


def homeless(chain: str, nodes: Collection[str], on: dt.date) -> list[Placement]:
    """Return the placements of a chain, on a day or later, at none of the nodes."""
    rows = Placement.objects.filter(chain=chain, withdrawn_at__isnull=True).exclude(node__in=nodes)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return list(rows.select_related("enterprise__root").order_by("node", "id"))
