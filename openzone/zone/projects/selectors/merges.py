"""Projects that may be one, and what merging two of them would mean."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from openzone.zone.projects.models import LIVE, Project

_NOISE: Final = str.maketrans("", "", " \t\u3000()[]〔〕【】“”\"'、，,.。·-—_")
COMPARED: Final = (
    "name", "investor_name", "investor", "enterprise", "industry", "sector", "origin", "place",
    "lead_unit", "chief", "total", "stage", "since", "planned_start", "planned_finish",
)  # fmt: skip
_BELONGS: Final = (
    "log", "amounts", "papers", "arrivals", "months", "milestones", "items", "site_days",
    "photos", "pools", "assessments", "funding", "pauses", "overrides", "members",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What two projects say, and what of the absorbed one would no longer be counted.

    ``differs``: field → (what stays, what is said of the absorbed one). ``belongs``: how many rows
    of each kind stay with the absorbed project, readable there. ``gaps``: fields only the absorbed
    one fills, to be carried over by hand.
    """

    differs: dict[str, tuple[Any, Any]]
    belongs: dict[str, int]
    gaps: tuple[str, ...]


def preview(survivor: Project, absorbed: Project) -> Preview:
    """Return what merging would mean; nothing is changed."""
    pairs = {name: (getattr(survivor, name), getattr(absorbed, name)) for name in COMPARED}
    differs = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    counts = {name: getattr(absorbed, name).count() for name in _BELONGS}
    gaps = tuple(
        name for name, (kept, gone) in differs.items() if kept in (None, "") and gone is not None
    )
    return Preview(differs, {name: n for name, n in counts.items() if n}, gaps)


def likely_duplicates(project: Project, most: int = 10) -> list[Project]:
    """Return projects that may be this one: the same name, or the same investor and industry."""
    others = Project.objects.filter(LIVE).exclude(pk=project.pk)
    same = Q(name=project.name)
    if project.investor_name:
        same |= Q(investor_name=project.investor_name, industry=project.industry)
    return list(others.filter(same).order_by("pk")[:most])


def names_on_record() -> dict[str, list[tuple[int, str]]]:
    """Return every project on record by its name, each with its investor, as ``alike`` has them."""
    names: dict[str, list[tuple[int, str]]] = defaultdict(list)
    live = Project.objects.filter(LIVE).order_by("pk")
    for pk, name, investor in live.values_list("pk", "name", "investor_name"):
        names[alike(name)].append((pk, alike(investor)))
    return names


def alike(name: str) -> str:
    """Return a name without what people write in one way or another: width, spaces, brackets."""
    return unicodedata.normalize("NFKC", name).casefold().translate(_NOISE)


def groups_alike() -> list[list[Project]]:
    """Return projects that go by the same name, however it is written, group by group.

    Phases of one project are not suggested, and neither are projects of different investors.
    """
    keys = [
        [pk for pk, owner in known if not owner or owner == shared]
        for known in names_on_record().values()
        if len(known) > 1
        for shared in {owner for _pk, owner in known if owner} or {""}
    ]
    wanted = Project.objects.in_bulk([pk for group in keys for pk in group])
    groups = [[wanted[pk] for pk in group] for group in keys if len(group) > 1]
    return [group for group in groups if not _one_family(group)]


def _one_family(group: list[Project]) -> bool:
    return len({one.phase_of_id or one.pk for one in group}) == 1
