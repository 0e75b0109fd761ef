"""Building approvals: items, papers, one-thing bundles and paths: ``permits.yaml``."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects.permits import GraphError, Item, check
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "permits.yaml"
TWICE = "编号重复 / an id is there twice: {ids}"
UNKNOWN = "{place}: 没有 {ids} / there is no {ids}"


class Saying(Entry):
    """A sentence with where it comes from."""

    text: Bilingual
    source: Bilingual | None = None
    verified: Mark


class Opinion(Entry):
    """For how many days a pre-review opinion is good."""

    valid_days: int = Field(ge=1, le=3660)
    verified: Mark
    note: Bilingual | None = None


class Trips(Saying):
    """How often somebody may have to come for one case."""

    limit: int = Field(ge=0)


class Authority(Entry):
    """Who answers an item; ``id`` is the code of a unit."""

    id: str
    label: Bilingual


class PaperPack(Entry):
    """A paper to hand in; ``promise``: it can be promised for later; ``land``: comes with it."""

    id: str
    label: Bilingual
    promise: bool = False
    land: bool = False


class ItemPack(Entry):
    """An approval: who answers it in how many working days, after what, with which papers."""

    id: str
    label: Bilingual
    authority: str
    workdays: int = Field(ge=1, le=366)
    formal: int | None = Field(default=None, ge=1, le=366)
    after: tuple[str, ...] = ()
    ahead: bool = False
    land: bool = True
    committed: bool = False
    trip: bool = False
    papers: tuple[str, ...] = Field(min_length=1)
    legal: Bilingual | None = None
    source: Bilingual
    verified: Mark

    @model_validator(mode="after")
    def _reviewed_ahead_of_land(self) -> Self:
        if self.ahead and not self.land:
            raise ValueError(f"{self.id}: ahead 需要 land / ahead means ahead of the land")
        return self

    def as_item(self, bundle: str) -> Item:
        """Return it as the engine takes it."""
        return Item(
            self.id, self.label.text, self.workdays, self.after, self.ahead, self.committed,
            self.trip, bundle, self.land, self.formal,
        )  # fmt: skip


class Blank(Entry):
    """Something a bundle asks for once for all its items."""

    id: str
    label: Bilingual
    optional: bool = False
    number: bool = False
    day: bool = False


class Bundle(Entry):
    """A one-thing bundle (一件事): one form for several items."""

    id: str
    label: Bilingual
    items: tuple[str, ...] = Field(min_length=2)
    form: tuple[Blank, ...] = ()


class PathPack(Entry):
    """A way through the items up to a goal; ``source`` says who goes it."""

    id: str
    label: Bilingual
    goal: str
    items: tuple[str, ...] = Field(min_length=1)
    bundles: tuple[Bundle, ...] = ()
    region: Bilingual | None = None
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None

    def bundle(self, name: str) -> Bundle | None:
        """Return a bundle by its id."""
        return next((one for one in self.bundles if one.id == name), None)

    def bundle_of(self, item: str) -> str:
        """Return the bundle an item is handed in with; empty for none."""
        return next((one.id for one in self.bundles if item in one.items), "")


class PermitsPack(Entry):
    """The whole file."""

    acknowledgement: Saying
    opinion: Opinion
    trips: Trips
    excluded: Saying
    authorities: tuple[Authority, ...]
    papers: tuple[PaperPack, ...]
    items: tuple[ItemPack, ...]
    paths: tuple[PathPack, ...] = Field(min_length=1)

    def path(self, name: str) -> PathPack | None:
        """Return a path by its id."""
        return next((one for one in self.paths if one.id == name), None)

    def item(self, name: str) -> ItemPack | None:
        """Return an item by its id."""
        return next((one for one in self.items if one.id == name), None)

    def paper(self, name: str) -> PaperPack | None:
        """Return a paper by its id."""
        return next((one for one in self.papers if one.id == name), None)

    def authority(self, name: str) -> Authority | None:
        """Return an authority by its id."""
        return next((one for one in self.authorities if one.id == name), None)

    def of_path(self, path: PathPack) -> list[ItemPack]:
        """Return the items of a path in its order."""
        return [one for name in path.items if (one := self.item(name)) is not None]

    def graph(self, path: PathPack) -> list[Item]:
        """Return the items of a path as the engine takes them."""
        return [one.as_item(path.bundle_of(one.id)) for one in self.of_path(path)]

    def papers_once(self, items: Iterable[str]) -> list[tuple[PaperPack, tuple[str, ...]]]:
        """Return each paper that some items need once, with the items that need it."""
        wanted: dict[str, list[str]] = {}
        for name in items:
            one = self.item(name)
            for paper in one.papers if one is not None else ():
                wanted.setdefault(paper, []).append(name)
        return [
            (one, tuple(wanted[one.id])) for one in self.papers if one.id in wanted
        ]  # fmt: skip

    @model_validator(mode="after")
    def _each_is_named_once(self) -> Self:
        for entries in (self.authorities, self.papers, self.items, self.paths):
            _once([one.id for one in entries])
        for path in self.paths:
            _once(path.items)
            _once([name for bundle in path.bundles for name in bundle.items])
            _once([bundle.id for bundle in path.bundles])
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        units, papers = {one.id for one in self.authorities}, {one.id for one in self.papers}
        items = {one.id for one in self.items}
        for one in self.items:
            _known(one.id, [one.authority], units)
            _known(one.id, one.papers, papers)
        for path in self.paths:
            _known(path.id, path.items, items)
            _known(path.id, [path.goal], set(path.items))
            for bundle in path.bundles:
                _known(f"{path.id}.{bundle.id}", bundle.items, set(path.items))
        return self

    @model_validator(mode="after")
    def _paths_are_graphs(self) -> Self:
        for path in self.paths:
            try:
                check(self.graph(path))
            except GraphError as error:
                raise ValueError(f"{path.id}: {error}") from None
        return self


def _once(ids: Sequence[str]) -> None:
    twice = sorted({one for one in ids if list(ids).count(one) > 1})
    if twice:
        raise ValueError(TWICE.format(ids=", ".join(twice)))


def _known(place: str, ids: Iterable[str], known: set[str]) -> None:
    if lost := sorted(set(ids) - known):
        raise ValueError(UNKNOWN.format(place=place, ids=", ".join(lost)))


def load_permits(folder: Path | None) -> PermitsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), PermitsPack)
