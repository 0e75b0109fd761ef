"""Who hears of what, how they chose to, and what no choice silences."""

import datetime as dt

import pytest

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.models import NoticeChoice, Notification, OutboxMessage
from openzone.zone.cases.selectors.choices import choices, wishes
from openzone.zone.cases.selectors.notifications import lines, unread
from openzone.zone.cases.services import ticking
from openzone.zone.cases.services.briefing import announce
from openzone.zone.cases.services.choices import choose
from openzone.zone.cases.services.desks import mark_read
from openzone.zone.cases.services.outbox import deliver
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from tests.zone.cases.people import DAY, HOUR, NOW, People

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def mailed(settings):
    """A zone that writes e-mails."""
    settings.MAIL_ENABLED = True
    settings.NOTICE_CHOICES = "https://zone.example.cn/notices/choices/"


def chosen(user: User, **ways: str) -> None:
    """Keep a choice: the ways of each kind by name, and what cannot be silenced."""
    given = {name: set(way.split()) for name, way in ways.items()}
    kept = {
        one.spec.id: given.get(one.spec.id, set()) | set(one.spec.always)
        for one in choices(user, TODAY)
    }
    choose(actor=Actor.of(user), user=user, ways=kept, on=TODAY)


def kinds(user: User) -> list[str]:
    return list(lines(user).order_by("pk").values_list("kind", flat=True))


def letters(user: User) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(address=user.email).order_by("pk"))


def addressed(user: User) -> User:
    user.email = f"{user.username}@example.cn"
    user.save()
    return user


def test_who_chose_nothing_hears_as_the_pack_says(people: People):
    people.open()
    assert kinds(people.handler) == ["assigned"]
    assert wishes([people.handler.pk], NoticeKind.ASSIGNED)[people.handler.pk] == (True, False)


def test_who_wants_to_hear_nothing_of_it_does_not_and_colleagues_still_do(people: People):
    chosen(people.handler)
    people.open()
    assert kinds(people.handler) == []
    assert kinds(people.second) == ["assigned"]


def test_by_mail_only_writes_a_mail_and_no_line(people: People, mailed):
    addressed(people.handler)
    chosen(people.handler, assigned="email")
    people.open()
    assert kinds(people.handler) == []
    (letter,) = letters(people.handler)
    assert "https://zone.example.cn/notices/choices/" in letter.body
    assert "不能关闭" not in letter.body


def test_a_quiet_choice_never_silences_what_is_overdue_to_its_holder(people: People, mailed):
    addressed(people.handler)
    chosen(people.handler)
    people.accepted()
    ticking.run(NOW + 10 * DAY)
    assert "overdue" in kinds(people.handler)
    assert "due_soon" not in kinds(people.handler)
    late = [letter for letter in letters(people.handler) if "100%" in letter.subject]
    assert "本邮件不能关闭" in late[0].body


def test_what_cannot_be_switched_off_is_refused_with_the_reason(people: People):
    with pytest.raises(
        Refused, match="已超期（本人承办）”不能关闭：承诺时限由承办人负责"
    ) as refusal:
        choose(actor=Actor.of(people.handler), user=people.handler, ways={}, on=TODAY)
    assert refusal.value.field == "overdue-email"
    assert not NoticeChoice.objects.exists()


def test_the_log_keeps_what_somebody_chose(people: People):
    chosen(people.handler, assigned="in_app email")
    event = Event.objects.get(action="cases.notices.chosen")
    assert event.subject == f"user:{people.handler.pk}"
    assert event.details["assigned"] == "in_app email"
    assert event.details["brief"] == ""


@pytest.mark.parametrize(
    ("who", "sees", "not_"),
    [
        ("owner", {"my_turn", "matter", "suggestion"}, {"assigned", "brief", "service"}),
        ("handler", {"assigned", "overdue", "brief", "matter"}, {"service"}),
        ("admin", {"assigned", "service"}, set()),
    ],
)
def test_everybody_is_offered_what_concerns_them(people: People, who, sees, not_):
    offered = {one.spec.id for one in choices(getattr(people, who), TODAY)}
    assert sees <= offered
    assert not offered & not_


def test_a_requester_is_told_of_progress_and_of_their_turn(people: People):
    people.proposed()
    assert "matter" in kinds(people.owner)
    assert kinds(people.owner)[-1] == "my_turn"
    assert kinds(people.stranger) == []


def test_a_requester_with_an_account_may_do_without_mails_but_not_without_their_turn(
    people: People, mailed
):
    addressed(people.owner)
    chosen(people.owner)
    people.proposed()
    assert kinds(people.owner) == ["my_turn"]
    assert letters(people.owner) == []


def test_the_address_given_with_a_request_is_written_to_once(people: People, mailed):
    addressed(people.owner)
    opened = people.open()
    opened.case.requester_email = "given@example.cn"
    opened.case.save(update_fields=["requester_email"])
    OutboxMessage.objects.all().delete()
    people.do(opened.case, people.handler, "accept")
    assert [one.address for one in OutboxMessage.objects.all()] == ["given@example.cn"]


def test_heads_hear_of_what_is_late_as_escalation(people: People):
    people.accepted()
    ticking.run(NOW + 10 * DAY)
    assert "escalated" in kinds(people.head)
    assert "overdue" not in kinds(people.head)


def test_a_message_that_did_not_arrive_is_told_to_administrators_whatever_they_chose(
    people: People, settings
):
    chosen(people.admin)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    OutboxMessage.objects.create(
        key="lost", kind="email", address="a@example.cn", body="x", created_at=NOW, next_at=NOW
    )
    for turn in range(12):
        deliver(NOW + turn * 6 * HOUR)
    assert kinds(people.admin) == ["service"]


def test_the_brief_is_announced_on_its_day_and_once_to_who_sees_reports(people: People):
    monday = dt.date(2026, 11, 16)
    assert announce(monday + DAY, NOW + DAY) == 0
    assert announce(monday, NOW) > 0
    assert announce(monday, NOW + HOUR) == 0
    assert kinds(people.leader) == ["brief"]
    assert kinds(people.owner) == []
    assert lines(people.leader)[0].subject == "brief:2026-11-15"


def test_one_line_or_all_are_marked_as_read_and_never_somebody_elses(people: People):
    people.open()
    people.open()
    first = lines(people.handler)[0]
    assert mark_read(people.second, NOW, [first.pk]) == 0
    assert mark_read(people.handler, NOW, [first.pk]) == 1
    assert unread(people.handler) == 1
    assert mark_read(people.handler, NOW) == 1
    assert (unread(people.handler), unread(people.second)) == (0, 2)


def test_telling_costs_as_many_queries_for_many_as_for_one(
    people: People, django_assert_num_queries
):
    message = Message(NoticeKind.DECISION, "example", Text("示例", "example"), "example")
    for crowd in ([people.handler.pk], list(User.objects.values_list("pk", flat=True))):
        with django_assert_num_queries(2):
            tell(message, crowd, NOW)
    assert Notification.objects.filter(action="example").count() == 1 + User.objects.count()
