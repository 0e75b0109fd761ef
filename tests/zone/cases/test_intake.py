"""How requests come in: routed, numbered, checked, once."""

import datetime as dt

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.folding import events_of
from openzone.zone.cases.models import Attachment, Case, NumberSeries
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.intake import Requester
from openzone.zone.cases.services.receipts import look_up
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.services.people import assign_person_in_charge
from tests.factories import LONG_AGO, TESTS
from tests.zone.cases.people import DAY, NOW, PROOF, People

pytestmark = pytest.mark.django_db

ANONYMOUS = Requester(RequesterKind.ANONYMOUS)
LAND = {"topic": "land"}


@pytest.mark.parametrize(
    ("fields", "unit"),
    [
        ({"topic": "finance", "amount": "1"}, "finance"),
        (LAND, "centre"),
        ({"topic": "safety"}, "centre"),  # the pack names a unit this zone does not have
        ({}, "centre"),
    ],
)
def test_the_pack_says_which_unit_gets_it_and_the_centre_what_nobody_does(
    people: People, fields: dict[str, str], unit: str
):
    case = people.open(fields=fields).case
    assert case.lead is not None
    assert (case.lead.code, case.holder) == (unit, f"unit:{unit}")


def test_who_takes_it_down_may_choose_the_unit(people: People):
    case = people.open(
        unit=people.land, recorded_by=people.centre, channel=Channel.PHONE, actor=TESTS
    ).case
    assert (case.lead, case.recorded_by) == (people.land, people.centre)
    assert events_of(case)[0].by.id == str(people.centre.pk)


def test_a_complaint_never_goes_to_the_unit_it_is_about(people: People, committee: Unit):
    money = {"topic": "finance", "amount": "1"}
    assert people.open(about_unit=people.finance, fields=money).case.lead == people.centre_unit
    assert people.open(about_unit=people.centre_unit, fields=LAND).case.lead == committee
    with pytest.raises(Refused):
        people.open(about_unit=people.land, unit=people.land)
    case = people.open(about_unit=people.finance, fields=money).case
    with pytest.raises(Refused):
        people.do(case, people.centre, "route", unit="finance")
    assert people.do(case, people.centre, "route", unit="land").lead == people.land


def test_numbers_count_up_by_day_and_a_wrong_one_is_found_out(people: People):
    numbers = [people.open().case.number for _ in range(3)]
    tomorrow = people.open(NOW + DAY).case.number
    assert [number[:19] for number in numbers] == [f"OZ-SL-20261116-{n:04d}" for n in (1, 2, 3)]
    assert tomorrow.startswith("OZ-SL-20261117-0001-")
    assert len({number[-1] for number in [*numbers, tomorrow]}) > 1


def test_a_refused_request_uses_up_no_number(people: People):
    with pytest.raises(Refused) as refusal:
        people.open(fields={"topic": "finance"})
    assert refusal.value.field == "amount"
    assert not NumberSeries.objects.exists()
    assert people.open().case.number.startswith("OZ-SL-20261116-0001-")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"text": "长" * 20_001}, "text"),
        ({"fields": {"topic": "no such topic"}}, "topic"),
        ({"fields": {"unknown": "x"}}, "unknown"),
        ({"kind": "no-such-type"}, "kind"),
        ({"files": [Upload("a.exe", b"MZ\x90")]}, "file"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    people: People, given: dict[str, object], field: str
):
    with pytest.raises(Refused) as refusal:
        people.open(**given)
    assert refusal.value.field == field
    assert not Case.objects.exists()


def test_papers_come_in_with_the_request(people: People):
    case = people.open(files=[PROOF]).case
    paper = Attachment.objects.get(case=case)
    assert (paper.seq, paper.name, paper.kind) == (1, "证明.pdf", "pdf")
    assert events_of(case)[0].data["files"] == [
        {"field": "evidence", "name": "证明.pdf", "sha256": paper.sha256}
    ]


def test_the_same_request_sent_twice_is_one_case_with_one_receipt(people: People):
    first, second = (people.open(request_id="form-1") for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1
    with pytest.raises(Refused) as refusal:
        people.open(request_id="form-1", title="另一件事")
    assert refusal.value.field == "request_id"


def test_number_and_receipt_show_the_case_without_a_name(people: People):
    opened = people.open(requester=ANONYMOUS, fields=LAND, actor=Actor.system("portal"))
    sought = {"actor": TESTS, "address": "192.0.2.1", "now": NOW}
    spoken = opened.receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    number = opened.case.number
    assert look_up(number=f" {number.lower()} ", code=spoken, **sought) == opened.case
    assert look_up(number=number, code="0000-0000-0000", **sought) is None
    assert look_up(number="OZ-SL-20261116-9999-X", code=opened.receipt, **sought) is None
    assert opened.receipt not in str(Case.objects.values().get(pk=opened.case.pk))


def test_guessing_ends_after_ten_wrong_codes_for_a_quarter_of_an_hour(people: People):
    opened = people.open(requester=ANONYMOUS, fields=LAND)
    number = opened.case.number
    guess = {"actor": TESTS, "address": "192.0.2.1"}
    for _ in range(10):
        assert look_up(number=number, code="wrong", now=NOW, **guess) is None
    with pytest.raises(Refused):
        look_up(number=number, code=opened.receipt, now=NOW, **guess)
    elsewhere = guess | {"address": "198.51.100.7"}
    assert look_up(number=number, code=opened.receipt, now=NOW, **elsewhere) == opened.case
    later = NOW + dt.timedelta(minutes=16)
    assert look_up(number=number, code=opened.receipt, now=later, **guess) == opened.case


def test_an_enterprise_a_leader_sponsors_has_priority_and_less_time(people: People):
    usual = people.open().case
    assign_person_in_charge(
        actor=TESTS, subject=people.firm, role=ChargeRole.SPONSOR, user=people.leader,
        valid_from=LONG_AGO,
    )  # fmt: skip
    key = people.open().case
    assert (usual.priority, key.priority) == ("", "key")
    due = {case: case.clocks[0]["due"] for case in (usual, key)}
    assert dt.datetime.fromisoformat(due[usual]) == NOW + dt.timedelta(hours=1)
    assert dt.datetime.fromisoformat(due[key]) == NOW + dt.timedelta(minutes=30)
