"""A case from the first word to the last, as its people live through it."""

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import CaseEvent
from tests.zone.cases.people import DAY, HOUR, NOW, PROOF, People

pytestmark = pytest.mark.django_db


def test_a_request_goes_from_the_firm_to_its_unit_and_back(people: People):
    opened = people.open()
    case = opened.case
    assert case.number.startswith("OZ-SL-20261116-0001-")
    assert (case.lead, case.stage, case.requester_phone) == (people.finance, "assigned", "")
    case = people.do(case, people.handler, "accept", NOW + HOUR)
    assert (case.stage, case.handler) == ("handling", people.handler)
    case = people.do(case, people.handler, "finish", NOW + DAY, text="已放款", files=[PROOF])
    assert (case.holder, case.asks_for) == ("requester", ("word",))
    case = people.do(case, people.owner, "confirm", NOW + DAY + HOUR, satisfied=5)
    assert (case.closed, case.outcome, case.satisfaction, case.holder) == (True, "solved", 5, "")
    assert case.closed_at == NOW + DAY + HOUR
    seqs = list(CaseEvent.objects.filter(case=case).values_list("seq", flat=True))
    assert seqs == [1, 2, 3, 4]


def test_every_event_stands_in_the_log_of_the_zone(people: People):
    case = people.closed()
    logged = Event.objects.filter(subject=case.subject).order_by("seq")
    actions = [event.action for event in logged]
    assert actions == ["cases.open", "cases.accept", "cases.finish", "cases.confirm"]
    assert logged.last().actor_id == str(people.owner.pk)
