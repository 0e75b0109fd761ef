"""Task forces of a day, and what each person carries."""

import datetime as dt
from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.reviews.models import (
    ForceGroup,
    ForceMember,
    ForceProject,
    Obstacle,
    TaskForce,
)
from openzone.zone.reviews.selectors.scope import working


class Load(NamedTuple):
    """What somebody carries: posts, task forces, their projects, what stands in their way."""

    user: User
    posts: list[ForceMember]
    forces: int
    projects: int
    obstacles: int


def loads(on: dt.date, force: TaskForce | None = None) -> list[Load]:
    """Return what each member carries in all task forces of a day, the most laden first.

    With a ``force`` the people of that one, counting what they carry elsewhere as well.
    """
    posts = defaultdict(list)
    for post in _posts(on):
        posts[post.user].append(post)
    held = defaultdict(set)
    for key, project in _projects(on).values_list("force", "project"):
        held[key].add(project)
    stuck = Counter(_stuck(on))
    rows = [
        _load(user, mine, held, stuck)
        for user, mine in posts.items()
        if force is None or any(post.force_id == force.pk for post in mine)
    ]
    return sorted(rows, key=lambda row: (-row.projects, -row.obstacles, row.user.pk))


def _load(
    user: User, posts: list[ForceMember], held: dict[int, set[int]], stuck: Counter[int]
) -> Load:
    forces = {post.force_id for post in posts}
    projects = set().union(*(held.get(key, set()) for key in forces))
    return Load(user, posts, len(forces), len(projects), sum(stuck[key] for key in projects))


def _posts(on: dt.date) -> QuerySet[ForceMember]:
    posts = ForceMember.objects.filter(on_day(on), force__in=working(on), user__is_active=True)
    return posts.select_related("user", "group", "force")


def _projects(on: dt.date) -> QuerySet[ForceProject]:
    return ForceProject.objects.filter(on_day(on), force__in=working(on))


def _stuck(on: dt.date) -> list[int]:
    mine = _projects(on).values("project")
    rows = Obstacle.objects.filter(case__closed=False, project__in=mine)
    return list(rows.values_list("project", flat=True))


class Team(NamedTuple):
    """A working group (none: the task force itself) and who is in it on a day."""

    group: ForceGroup | None
    members: list[ForceMember]


def teams(force: TaskForce, on: dt.date) -> list[Team]:
    """Return the groups of a task force with their members of a day; its heads first."""
    posts = defaultdict(list)
    for post in force.members.filter(on_day(on)).select_related("user"):
        posts[post.group_id].append(post)
    groups = [Team(group, posts[group.pk]) for group in force.groups.select_related("unit")]
    return [Team(None, posts[None]), *groups] if posts[None] else groups


def listed(on: dt.date) -> list[tuple[TaskForce, int, int, int]]:
    """Return the task forces of a day, each with its groups, members and projects counted."""
    found = working(on).select_related("lead_unit").order_by("pk")
    groups = Counter(ForceGroup.objects.values_list("force", flat=True))
    people = Counter(_posts(on).values_list("force", "user").distinct().values_list("force"))
    projects = Counter(_projects(on).values_list("force", flat=True))
    return [(one, groups[one.pk], people[one.pk,], projects[one.pk]) for one in found]
