"""Users, units and roles, for administrators."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www import periods
from openzone.www.access import require
from openzone.www.pages import page_of
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.permissions import may_administer
from openzone.zone.people.selectors import on_day, unit_tree
from openzone.zone.registry.models import EnterpriseStaff


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show who can log in, as what, and the tree of units."""
    today = timezone.localdate()
    require(may_administer(request.user, today))
    context = {"page": page_of(request, users_now(today)), "units": unit_tree()}
    return render(request, "people/list.html", context)


@require_GET
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody is, was and will be."""
    today = timezone.localdate()
    require(may_administer(request.user, today))
    person = get_object_or_404(User, pk=pk)
    context = {
        "person": person,
        "roles": periods.roles_of(person, today),
        "posts": periods.posts_of(person, today),
    }
    return render(request, "people/user.html", context)


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit with its people and its parts."""
    today = timezone.localdate()
    require(may_administer(request.user, today))
    found = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    context = {
        "unit": found,
        "roles": periods.people_of(found, today),
        "parts": found.children.order_by("code"),
    }
    return render(request, "people/unit.html", context)


def users_now(today: dt.date) -> QuerySet[User]:
    """Return the users with what they are today in ``roles_now`` and ``posts_now``."""
    return User.objects.order_by("username").prefetch_related(*_posts(today))


def _posts(today: dt.date) -> tuple[Any, Any]:
    now = on_day(today)
    roles = Membership.objects.filter(now).select_related("unit").order_by("valid_from", "id")
    staff = EnterpriseStaff.objects.filter(now).select_related("enterprise").order_by("id")
    return (
        Prefetch("memberships", roles, to_attr="roles_now"),
        Prefetch("enterprise_posts", staff, to_attr="posts_now"),
    )


def posts_of(user: User) -> list[str]:
    """Return what a user of :func:`users_now` is today, in words."""
    return [str(post) for post in (*user.roles_now, *user.posts_now)]  # type: ignore[attr-defined]
