"""What the portal offers to whom, and what it says about a file it does not take."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openzone.www.cases.opening import in_order
from openzone.zone.cases.models import Case
from openzone.zone.people.models import User
from tests.www.cases.test_pages import MATTER, words
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


def test_a_file_that_is_no_document_is_named_beside_the_papers(zone: Zone) -> None:
    fake = SimpleUploadedFile("fake.pdf", b"MZ no document")
    data = MATTER | {"request_id": "f" * 32, "seen_alike": "1", "papers": fake}
    refused = Client().post(reverse("matter_form", args=["public_report"]), data)
    (reason,) = refused.context["form"].errors["papers"]
    assert reason.startswith("fake.pdf：")
    assert not Case.objects.filter(title=MATTER["title"]).exists()


def test_an_enterprise_is_offered_its_requests_first_and_no_desk_of_the_staff(
    enterprise_owner: User, visit: Visit
) -> None:
    offered = visit(enterprise_owner).get(reverse("matter_new")).context["kinds"]
    kinds = [kind.id for kind in offered]
    assert kinds[:2] == ["enterprise_request", "cannot_get_it_done"]
    assert {"assisted_service", "cross_region", "commitment", "visit_finding"}.isdisjoint(kinds)
    assert all(kind.help for kind in offered)


def test_a_login_page_leads_to_what_needs_no_login(zone: Zone) -> None:
    page = words(Client().get(reverse("login")))
    assert all(f'href="{reverse(name)}"' in page for name in ("matter_new", "status", "library"))


def test_types_stand_in_the_order_they_are_offered() -> None:
    kinds = ["assisted_service", "public_report", "enterprise_request", "gone"]
    assert in_order(kinds) == ["enterprise_request", "public_report", "assisted_service", "gone"]
