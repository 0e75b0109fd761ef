"""The inbox and the page of choices: for staff, for who asked, and for nobody else."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from openzone.engines.text import Text
from openzone.www.notices import PAGES, href
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.models import Notification
from openzone.zone.cases.services.telling import Message, tell
from tests.www.addresses.cases import Made

pytestmark = pytest.mark.django_db


def told(user, number=1, **given):
    said = Text(f"示例消息{number}", f"Example notice {number}")
    message = Message(NoticeKind.ASSIGNED, "example", said, f"example-{number}", **given)
    tell(message, [user.pk], timezone.now())
    return Notification.objects.filter(user=user).latest("pk")


def test_staff_and_requesters_follow_the_same_case_to_their_own_pages(visit, zone, owner):
    made = Made(zone)
    case = made.opened("示例停电", unit=made.centre)
    staff, asker = told(made.clerk, case=case), told(owner, case=case)
    there = {
        who: visit(user).post(reverse("notice", args=[notice.pk])).url
        for who, user, notice in (("staff", made.clerk, staff), ("asker", owner, asker))
    }
    assert there["staff"] == reverse("case", args=[case.pk])
    assert there["asker"] == reverse("matter", args=[case.pk])
    assert not Notification.objects.filter(pk__in=[staff.pk, asker.pk], read_at=None).exists()


def test_nobody_opens_or_reads_somebody_elses_line(visit, zone, owner, stranger):
    notice = told(owner)
    for user in (stranger, zone.clerk):
        client = visit(user)
        assert client.post(reverse("notice", args=[notice.pk])).status_code == 404
        client.post(reverse("notices_read"), {"notice": notice.pk})
        assert "示例消息1" not in client.get(reverse("notices")).content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None
    assert "示例消息1" in visit(owner).get(reverse("notices")).content.decode()


def test_the_bell_counts_what_is_not_read(visit, owner):
    for number in range(3):
        last = told(owner, number)
    client = visit(owner)
    assert client.get(reverse("notices")).context["frame"].unread == 3
    client.post(reverse("notices_read"), {"notice": last.pk})
    assert client.get(reverse("notices")).context["frame"].unread == 2
    assert len(client.get(reverse("notices"), {"show": "new"}).context["told"]) == 2
    client.post(reverse("notices_read"))
    assert client.get(reverse("notices")).context["frame"].unread == 0


def test_nonsense_marks_nothing_as_read(visit, owner):
    told(owner)
    visit(owner).post(reverse("notices_read"), {"notice": "nonsense"})
    assert Notification.objects.filter(user=owner, read_at=None).count() == 1


def test_what_cannot_be_switched_off_stays_however_the_form_is_sent(visit, zone):
    client = visit(zone.clerk)
    client.post(reverse("notice_choices"), {"assigned-email": "1"})
    rows = {row.id: row for row in client.get(reverse("notice_choices")).context["rows"]}
    assert [(box.ticked, box.fixed) for box in rows["overdue"].boxes] == [(True, True)] * 2
    assert [(box.ticked, box.fixed) for box in rows["assigned"].boxes] == [
        (False, False),
        (True, False),
    ]
    assert "承办人" in rows["overdue"].why


def test_the_foot_of_a_mail_names_the_page_of_choices():
    assert reverse("notice_choices") == "/notices/choices/"
    assert settings.NOTICE_CHOICES == ""  # no address is set in the tests


@pytest.mark.parametrize("subject", ["suggestion:5", "resident:5", "brief:2026-11-15"])
def test_a_line_about_no_case_leads_to_its_page(subject):
    assert subject.partition(":")[0] in PAGES
    assert href(Notification(subject=subject), inside=True).startswith("/")


@pytest.mark.parametrize("subject", ["", "unknown:5"])
def test_a_line_about_nothing_known_leads_nowhere(subject):
    assert href(Notification(subject=subject), inside=True) == ""
