"""Who is told of invitations: the people who speak for the two firms."""

import datetime as dt

from openzone.engines.text import Text
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import EnterpriseStaff
from openzone.zone.supply.models import Invitation, SupplyEntry

INVITED = Text(
    "“{firm}”就“{title}”邀请贵企业对接，请于 {day} 前答复",
    "“{firm}” invites you about “{title}”: answer by {day}",
)
ANSWERED = Text("“{title}”的对接邀请：{state}", "your invitation about “{title}”: {state}")
SOON = Text(
    "“{title}”的对接邀请请于 {day} 前答复", "the invitation about “{title}” waits until {day}"
)
LAPSED = Text("“{title}”的对接邀请逾期未答复", "the invitation about “{title}” was not answered")


def tell_invited(invitation: Invitation, now: dt.datetime, on: dt.date) -> None:
    """Tell the firm that is asked."""
    asked, asking = invitation.asked_entry, invitation.asking_entry
    said = INVITED.format(firm=asking.enterprise.name, title=asked.title, day=invitation.answer_by)
    _tell(invitation, "invitation.asked", said, asked, NoticeKind.MY_TURN, now, on)


def tell_answered(invitation: Invitation, state: Text, now: dt.datetime, on: dt.date) -> None:
    """Tell the firm that asked what became of it."""
    title = invitation.asking_entry.title
    said = Text(
        ANSWERED.zh.format(title=title, state=state.zh),
        ANSWERED.en.format(title=title, state=state.en),
    )
    _tell(
        invitation, "invitation.answered", said, invitation.asking_entry, NoticeKind.ANSWERED,
        now, on,
    )  # fmt: skip


def tell_soon(invitation: Invitation, now: dt.datetime, on: dt.date) -> None:
    """Remind the firm that is asked."""
    asked = invitation.asked_entry
    said = SOON.format(title=asked.title, day=invitation.answer_by)
    _tell(invitation, "invitation.due", said, asked, NoticeKind.DUE_SOON, now, on)


def tell_lapsed(invitation: Invitation, now: dt.datetime, on: dt.date) -> None:
    """Tell the firm that asked that nobody answered."""
    asking = invitation.asking_entry
    said = LAPSED.format(title=asking.title)
    _tell(invitation, "invitation.lapsed", said, asking, NoticeKind.ANSWERED, now, on)


def _tell(
    invitation: Invitation, action: str, said: Text, entry: SupplyEntry, kind: NoticeKind,
    now: dt.datetime, on: dt.date,
) -> None:  # fmt: skip
    people = EnterpriseStaff.objects.filter(
        on_day(on), enterprise__root=entry.enterprise.root_id, user__is_active=True
    ).values_list("user", flat=True)
    subject = f"invitation:{invitation.pk}"
    key = f"{subject.replace(':', '-')}-{action}-{now:%Y%m%d%H%M%S%f}"
    tell(Message(kind, action, said, key, subject=subject), sorted(set(people)), now)
