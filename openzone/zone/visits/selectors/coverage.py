"""Is everybody looked after, how evenly, and who could take those nobody has."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openzone.engines.visiting.balance import Balance, Proposal, balance, propose
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.visits.enums import Duty, Level
from openzone.zone.visits.models import Post
from openzone.zone.visits.selectors.network import Cover, Holder, Network


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many enterprises there are, and how many each part of the network reaches."""

    enterprises: int
    sponsored: int
    with_officer: int
    in_grid: int
    by_level: Mapping[Level, int]
    orphans: tuple[int, ...]

    @property
    def covered(self) -> int:
        """How many somebody looks after."""
        return self.enterprises - len(self.orphans)


def coverage(network: Network) -> Coverage:
    """Count who is reached by whom, and name every enterprise nobody looks after."""
    covers = network.covers
    levels = Counter(level for cover in covers for level in cover.levels)
    return Coverage(
        len(covers),
        sum(cover.sponsor is not None for cover in covers),
        sum(cover.officer is not None for cover in covers),
        sum(cover.grid is not None for cover in covers),
        {level: levels[level] for level in Level},
        tuple(cover.enterprise for cover in covers if cover.is_orphan),
    )


@dataclass(frozen=True, slots=True)
class GridLine:
    """A grid: where it lies, who serves it, and how many enterprises it has."""

    grid: int
    name: str
    community: str
    street: str
    officer: Post | None
    enterprises: int


def grid_lines(network: Network) -> list[GridLine]:
    """Return all grids, those without an enterprise too."""
    counts = grid_loads(network)
    return [_grid_line(network, grid, counts[grid]) for grid in network.grids]


def _grid_line(network: Network, grid: int, count: int) -> GridLine:
    above = {network.places[one].kind: network.places[one].name for one in network.above(grid)}
    officers = [post for post in network.posts.get(grid, ()) if post.duty == Duty.GRID]
    return GridLine(
        grid,
        network.places[grid].name,
        above.get(PlaceKind.COMMUNITY, ""),
        above.get(PlaceKind.STREET, ""),
        officers[0] if officers else None,
        count,
    )


def grid_loads(network: Network) -> dict[int, int]:
    """Return how many enterprises each grid has."""
    counts = dict.fromkeys(network.grids, 0)
    for cover in network.covers:
        if cover.grid is not None:
            counts[cover.grid] = counts.get(cover.grid, 0) + 1
    return counts


def personal_loads(network: Network, duty: Duty) -> dict[Holder, int]:
    """Return how many enterprises each person of a duty has, the roster's with 0 too."""
    roster = (post for posts in network.posts.values() for post in posts if post.duty == duty)
    counts = {Holder(post.user_id, ""): 0 for post in roster}
    for cover in network.covers:
        holder = cover.sponsor if duty is Duty.SPONSOR else cover.officer
        if holder is not None:
            key = Holder(holder.user, "" if holder.user else holder.name)
            counts[key] = counts.get(key, 0) + 1
    return counts


def balances(network: Network) -> dict[Duty, Balance | None]:
    """Return how evenly the work of each duty is spread."""
    return {
        Duty.SPONSOR: balance(personal_loads(network, Duty.SPONSOR)),
        Duty.SERVICE_OFFICER: balance(personal_loads(network, Duty.SERVICE_OFFICER)),
        Duty.GRID: balance(grid_loads(network)),
    }


def propose_grids(network: Network) -> Proposal[int, int]:
    """Propose a grid for every enterprise that is in none: the emptiest inside its place."""
    without = [cover.enterprise for cover in network.covers if cover.grid is None]
    inside = _grids_inside(network)
    offers = {
        pk: inside.get(place, ()) if (place := network.enterprises[pk]) is not None else ()
        for pk in without
    }
    return propose(without, offers, grid_loads(network))


def propose_officers(network: Network) -> Proposal[int, int]:
    """Propose a service officer (a post's number) for every enterprise nobody looks after.

    Officers of the place an enterprise is in, or of one above it; else those without a place.
    """
    posts = {
        post.pk: post
        for found in network.posts.values()
        for post in found
        if post.duty == Duty.SERVICE_OFFICER
    }
    loads = personal_loads(network, Duty.SERVICE_OFFICER)
    offers = {
        cover.enterprise: _officers_for(network, cover, posts.values())
        for cover in network.covers
        if cover.is_orphan
    }
    now = {pk: loads.get(Holder(post.user_id, ""), 0) for pk, post in posts.items()}
    return propose(list(offers), offers, now)


def _officers_for(network: Network, cover: Cover, posts: Iterable[Post]) -> list[int]:
    where = set(network.above(cover.grid or network.enterprises[cover.enterprise]))
    local = [post.pk for post in posts if post.place_id in where]
    return local or [post.pk for post in posts if post.place_id is None]


def _grids_inside(network: Network) -> Mapping[int, list[int]]:
    """Return the grids inside every place, a grid inside itself."""
    inside: dict[int, list[int]] = defaultdict(list)
    for grid in network.grids:
        for place in network.above(grid):
            inside[place].append(grid)
    return inside
