"""The roster: who has which duty for which unit and place, from when to when."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.models import Post
from openzone.zone.visits.services.terms import (
    ONE_DAY,
    charges_of,
    ensure_order,
    overlapping,
    still,
)

NO_GRID = Text("请选择网格", "choose a grid")


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    user: User,
    duty: Duty,
    unit: Unit,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    place: Place | None = None,
    phone: str = "",
) -> Post:
    """Put somebody on the roster, both days included. A grid has one officer at a time."""
    User.objects.select_for_update().get(pk=user.pk)
    ensure_order(valid_from, valid_to)
    if duty is Duty.GRID:
        place = locked_grid(place)
    post = Post(
        user=user,
        duty=duty,
        unit=unit,
        place=place,
        phone=phone.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _ensure_free(post)
    ensure_valid(post)
    post.save()
    _note("visits.roster.appointed", actor, post)
    return post


@transaction.atomic
def end_post(*, actor: Actor, post: Post, last_day: dt.date) -> Post:
    """End a place on the roster. Who still looks after enterprises hands them over first."""
    current = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    ensure_order(current.valid_from, last_day, "last_day")
    if current.valid_to is not None and current.valid_to < last_day:
        raise Refused(
            Text("已于{day}结束", "this already ends on {day}").format(day=current.valid_to),
            field="last_day",
        )
    _ensure_nothing_left(current, last_day + ONE_DAY)
    current.valid_to = last_day
    current.save(update_fields=["valid_to"])
    _note("visits.roster.ended", actor, current)
    return current


def locked_grid(place: Place | None) -> Place:
    """Return a grid, locked; refuse any other place."""
    if place is None or place.kind != PlaceKind.GRID:
        raise Refused(NO_GRID, field="place")
    return Place.objects.select_for_update(of=("self",)).get(pk=place.pk)


def _ensure_free(post: Post) -> None:
    same = Post.objects.filter(
        overlapping(post.valid_from, post.valid_to), duty=post.duty, place=post.place
    )
    if post.duty != Duty.GRID:
        same = same.filter(user=post.user, unit=post.unit)
    holder = same.select_related("user").order_by("valid_from").first()
    if holder is not None:
        raise Refused(
            Text(
                "{day}起已由{who}担任，请先结束或交接",
                "{who} holds this since {day}: end it or hand it over first",
            ).format(day=holder.valid_from, who=holder.user),
            field="valid_from",
        )


def _ensure_nothing_left(post: Post, day: dt.date) -> None:
    others = Post.objects.filter(still(day), user=post.user, duty=post.duty).exclude(pk=post.pk)
    held = charges_of(post.user, day).filter(role=post.duty).count()
    if held and not others.exists():
        raise Refused(
            Text(
                "仍负责{n}家企业，请先办理交接", "{n} enterprises are still theirs: hand over first"
            ).format(n=held)
        )


def _note(action: str, actor: Actor, post: Post) -> None:
    record(
        action,
        actor=actor,
        subject=f"user:{post.user_id}",
        payload={
            "duty": str(post.duty),
            "unit": post.unit.code,
            "place": post.place.code if post.place else "",
            "from": post.valid_from,
            "to": post.valid_to,
        },
    )
