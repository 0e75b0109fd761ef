"""What every service of resumption does: the season, locked and open; days; the line in the log."""

import datetime as dt
from collections.abc import Mapping

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.resumption.models import Member, Season

CLOSED = Text("“{title}”已于 {day} 结束并封存，不再录入",
              "“{title}” was closed and frozen on {day}: nothing is entered any more")  # fmt: skip
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
OUTSIDE = Text("{day} 不在本期（{first} 至 {last}）内",
               "{day} is not within the season ({first} to {last})")  # fmt: skip
NOT_LISTED = Text("{day} “{name}”不在名册内", "“{name}” is not on the roster of {day}")
WHY = Text("请说明理由", "give a reason")


def opened(season: Season) -> Season:
    """Lock a season that is open; refuse one that was closed."""
    fresh = Season.objects.select_for_update(of=("self",)).get(pk=season.pk)
    if fresh.closed_on is not None:
        raise Refused(CLOSED.format(title=fresh.title, day=fresh.closed_on))
    return fresh


def locked(member: Member) -> Member:
    """Lock a member of an open season."""
    opened(member.season)
    return (
        Member.objects.select_for_update(of=("self",))
        .select_related("season", "enterprise", "project__enterprise")
        .get(pk=member.pk)
    )


def ensure_day(member: Member, on: dt.date, today: dt.date) -> None:
    """Refuse a day to come, one outside the season, and one the member was not listed on."""
    season = member.season
    if on > today:
        raise Refused(TO_COME.format(day=on), field="on")
    if not season.first_on <= on <= season.last_on:
        said = OUTSIDE.format(day=on, first=season.first_on, last=season.last_on)
        raise Refused(said, field="on")
    listed = [one for one in member.memberships.all() if one.first_on <= on]
    if not any(one.last_on is None or on <= one.last_on for one in listed):
        raise Refused(NOT_LISTED.format(day=on, name=member.name), field="on")


def ensure_said(text: str, field: str = "reason") -> str:
    """Refuse an empty reason."""
    if not text.strip():
        raise Refused(WHY, field=field)
    return text.strip()


def note(action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Write the line in the log."""
    record(f"resumption.{action}", actor=actor, subject=subject, payload=dict(payload))


def of_member(member: Member) -> str:
    """Return what the log calls a member."""
    return f"resumption_member:{member.pk}"
