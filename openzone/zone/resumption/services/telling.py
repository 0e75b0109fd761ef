"""Who is told to report: the people who speak for a member."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from openzone.engines.text import Text
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import EnterpriseStaff
from openzone.zone.resumption.models import Member

SILENT = Text("“{name}”{day}的复工情况还没有填报", "“{name}” has not reported for {day}")


def tell_silent(members: Sequence[Member], on: dt.date, now: dt.datetime) -> None:
    """Remind the people of members that have not reported for a day."""
    roots = {one.firm.root_id for one in members if one.firm is not None}
    posts = EnterpriseStaff.objects.filter(
        on_day(on), enterprise__root__in=roots, user__is_active=True
    ).values_list("enterprise__root", "user")
    people: dict[int, set[int]] = defaultdict(set)
    for root, user in posts:
        people[root].add(user)
    for one in members:
        if one.firm is not None and (told := people.get(one.firm.root_id)):
            _tell(one, sorted(told), on, now)


def _tell(member: Member, people: Sequence[int], on: dt.date, now: dt.datetime) -> None:
    said = SILENT.format(name=member.name, day=on)
    subject = f"resumption_member:{member.pk}"
    key = f"resumption-member-{member.pk}-silent-{on}"
    message = Message(NoticeKind.DUE_SOON, "resumption_due", said, key, subject=subject)
    tell(message, people, now)
