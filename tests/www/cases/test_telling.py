"""Who did a thing, in the words of its type; where a case came from, and what came of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from openzone.www.cases.timeline import Teller
from openzone.www.cases.words import event_word
from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.community.services.filings import send
from openzone.zone.people.models import User
from tests.www.addresses.cases import Made
from tests.www.conftest import Zone
from tests.zone.community.test_filings import received
from tests.zone.community.town import ACTOR, Town, at, build

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


@pytest.fixture
def made(zone: Zone) -> Made:
    return Made(zone)


@pytest.fixture
def town(db: None) -> Town:
    return build()


def words(visit: Visit, user: User, name: str, *args: int, query: str = "") -> str:
    return str(visit(user).get(reverse(name, args=args) + query).content.decode())


@pytest.fixture
def filed(town: Town) -> Case:
    """The case of a filing that its desk sent on: the system wrote the step into the case."""
    filing = received(town)
    send(
        actor=ACTOR, filing=filing, identity_checked=True, tracking="SF1", by=town.desk,
        now=at(16, 11),
    )  # fmt: skip
    return Case.objects.get(pk=filing.case_id)


def test_a_step_the_desk_wrote_into_the_case_names_who_did_it(
    filed: Case, town: Town, visit: Visit
) -> None:
    page = words(visit, town.desk, "case", filed.pk)
    assert f"{town.desk}（系统代记）" in page


def test_who_asked_learns_that_the_system_wrote_it_and_no_name(filed: Case, town: Town) -> None:
    told = Teller(type_of(filed.version), list(filed.events.all()), inside=False).lines([])
    who = [line.who for line in told]
    assert "系统" in who
    assert not any(str(town.desk) in one for one in who)


class TestTheLog:
    """The log tells a step of a case in the words of its type, and keeps its own for the rest."""

    def test_a_step_is_told_as_the_type_words_it(
        self, made: Made, admin: User, visit: Visit
    ) -> None:
        made.act(made.opened("示例"), "accept", made.handler)
        event = Event.objects.get(action="cases.accept")
        log = words(visit, admin, "audit", query="?action=cases.accept")
        assert event.details["kind"] == "enterprise_request"
        assert "<td>受理<br>" in log

    @pytest.mark.parametrize("kind", ["enterprise_request", "a_type_that_is_gone"])
    def test_a_step_no_type_knows_any_more_is_told_by_its_name(self, made: Made, kind: str) -> None:
        made.act(made.opened("示例"), "accept", made.handler)
        event = Event.objects.get(action="cases.accept")
        event.action, event.payload = "cases.step_of_old", f'{{"kind":"{kind}"}}'
        assert event_word(event, {}) == "cases.step_of_old"


class TestCasesBeside:
    """A case that came of another leads there, and the other leads back."""

    @pytest.fixture
    def pair(self, made: Made) -> tuple[Case, Case]:
        first = made.opened("示例起因")
        later = made.opened("示例后续", origin=first.subject)
        return first, later

    def test_the_later_one_leads_to_where_it_came_from(
        self, made: Made, pair: tuple[Case, Case], visit: Visit
    ) -> None:
        first, later = pair
        page = words(visit, made.handler, "case", later.pk)
        assert f'<a href="{reverse("case", args=[first.pk])}">另一事项' in page

    def test_the_first_one_says_what_came_of_it(
        self, made: Made, pair: tuple[Case, Case], visit: Visit
    ) -> None:
        first, later = pair
        page = words(visit, made.handler, "case", first.pk)
        assert later.number in page
        assert "由本件引出" in page

    @pytest.mark.parametrize(
        "origin", ["nothing:1", "case:x", "case:99999999999999999999", "旧系统"]
    )
    def test_an_origin_that_leads_nowhere_is_shown_as_it_stands(
        self, made: Made, visit: Visit, origin: str
    ) -> None:
        case = made.opened("示例", origin=origin)
        assert f"<dd>{origin}" in words(visit, made.handler, "case", case.pk)
