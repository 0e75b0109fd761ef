"""Calls are written down and answered at once, or not at all; strangers learn nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.spokespersons.models import Consultation
from openzone.zone.spokespersons.services.consultations import ask, contribute, involve
from openzone.zone.spokespersons.services.register import appoint
from tests.www.conftest import LONG_AGO, Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


def test_a_call_is_answered_on_the_spot(visit: Visit, admin: User, zone: Zone) -> None:
    sent = {
        "channel": "phone",
        "enterprise": zone.near.name,
        "caller": "示例王五",
        "text": "窗口几点开？",
        "answer": "九点。",
    }
    assert visit(admin).post("/consultations/new/", sent).status_code == 302
    asked = Consultation.objects.get()
    reply = asked.replies.get()
    assert (asked.enterprise, asked.status, reply.on_the_spot) == (zone.near, "answered", True)


def test_who_is_not_to_answer_writes_nothing_down_by_halves(
    visit: Visit, colleague: User, zone: Zone
) -> None:
    sent = {"channel": "phone", "text": "窗口几点开？", "answer": "不知道。"}
    refused = visit(colleague).post("/consultations/new/", sent)
    assert refused.status_code == 400
    assert "由服务中心答复" in refused.content.decode()
    assert not Consultation.objects.exists()


def test_the_public_directory_names_no_private_matter(
    visit: Visit, actor: Actor, office: Unit, make_user: Callable[..., User], zone: Zone
) -> None:
    user = make_user("speaker", Role.HANDLER, office)
    appoint(actor=actor, unit=office, user=user, phone="0551-1234", valid_from=LONG_AGO)
    page = visit(None).get("/spokespersons/").content.decode()
    assert "0551-1234" in page
    assert "/spokespersons/register/" not in page
    assert visit(None).post("/spokespersons/export/").status_code == 200


def test_the_enterprise_reads_the_answer_and_not_the_parts_it_is_made_of(
    visit: Visit, actor: Actor, office: Unit, admin: User, enterprise_owner: User, zone: Zone
) -> None:
    now = timezone.now()
    asked = ask(
        actor=actor, text="何时到账？", now=now, enterprise=zone.near, asked_by=enterprise_owner
    )
    part = involve(
        actor=actor, consultation=asked, unit=office, asks="内部询问", now=timezone.now()
    )
    contribute(actor=actor, part=part, text="内部说法", by=admin, now=now)
    pages = [visit(user).get(f"/consultations/{asked.pk}/") for user in (enterprise_owner, admin)]
    own, inside = (page.content.decode() for page in pages)
    assert "何时到账" in own
    for words in ("内部询问", "内部说法"):
        assert words not in own
        assert words in inside


@pytest.mark.parametrize(
    "path",
    [
        "/spokespersons/",
        "/consultations/",
        "/spokespersons/register/",
        "/consultations/overview/",
        "/cultivation/",
        "/recognitions/",
        "/trusted/",
        "/cultivation/ladders/scale/",
    ],
)
def test_an_empty_zone_has_pages_that_say_what_to_do(visit: Visit, admin: User, path: str) -> None:
    answer = visit(admin).get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
