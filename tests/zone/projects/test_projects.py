"""Projects are described, phased, shared and staffed; amounts are revised with a reason."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.projects.models import Amount, Arrival, Project
from openzone.zone.projects.selectors.standing import amount_on
from openzone.zone.projects.services.amounts import (
    add_paper,
    correct_arrival,
    record_arrival,
)
from openzone.zone.projects.services.projects import (
    add_phase,
    change_project,
    create_project,
    join_team,
    leave_team,
    set_shares,
)
from tests.files import PDF
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

pytestmark = pytest.mark.django_db


def test_numbers_go_on_and_are_never_given_twice(pipe, actor):
    second = create_project(
        actor=actor, name="示例材料厂", pipeline="six_batches", on=JANUARY, now=NOW
    )
    assert (pipe.plant.number, second.number) == ("XM2026-0001", "XM2026-0002")


@pytest.mark.parametrize(
    ("described", "field"),
    [
        ({"pipeline": "no_such"}, "pipeline"),
        ({"excluded": "no_such"}, "excluded"),
        ({"colour": "red"}, "colour"),
        ({"sector": 4}, "sector"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_no_project_is_refused_with_its_field(pipe, actor, described, field):
    given = {"name": "示例", "pipeline": "six_batches", "on": JANUARY, "now": NOW, **described}
    with pytest.raises(Refused) as refused:
        create_project(actor=actor, **given)
    assert refused.value.field == field
    assert Project.objects.count() == 1


def test_a_change_is_kept_with_what_was_before(pipe, actor):
    change_project(actor=actor, project=pipe.plant, name="示例电池工厂（扩建）")
    payload = json.loads(Event.objects.get(action="projects.changed").payload)
    assert payload["changed"] == {"name": ["示例电池工厂", "示例电池工厂（扩建）"]}


def test_phases_count_from_two_and_hang_on_the_first(pipe, actor):
    """荆门: eleven plants of one investor; 西安: one plant of 30 GWh in two phases."""
    plants = [
        add_phase(actor=actor, project=pipe.plant, name=f"示例第{n}工厂", on=JANUARY, now=NOW)
        for n in range(2, 12)
    ]
    assert [one.phase for one in plants] == list(range(2, 12))
    assert plants[-1].investor_name == pipe.plant.investor_name
    with pytest.raises(Refused, match="一期"):
        add_phase(actor=actor, project=plants[0], name="示例", on=JANUARY, now=NOW)


def test_parts_of_places_are_whole_or_refused(pipe, actor):
    set_shares(actor=actor, project=pipe.plant,
               shares={pipe.west: Decimal("0.6"), pipe.east: Decimal("0.4")})  # fmt: skip
    for shares in ({pipe.west: Decimal("0.6")}, {pipe.west: Decimal(2), pipe.east: Decimal(-1)}):
        with pytest.raises(Refused):
            set_shares(actor=actor, project=pipe.plant, shares=shares)
    assert pipe.plant.shares.count() == 2
    set_shares(actor=actor, project=pipe.plant, shares={})
    assert pipe.plant.shares.count() == 0


def test_somebody_has_a_role_once_until_leaving(pipe, actor):
    given = {"actor": actor, "project": pipe.plant, "user": pipe.clerk, "role": "manager"}
    member = join_team(on=JANUARY, **given)
    with pytest.raises(Refused):
        join_team(on=JANUARY, **given)
    with pytest.raises(Refused):
        leave_team(actor=actor, member=member, on=JANUARY - dt.timedelta(days=1))
    member.refresh_from_db()
    leave_team(actor=actor, member=member, on=JANUARY)
    join_team(on=TODAY, **given)
    assert pipe.plant.members.count() == 2


def test_a_revision_says_why_and_keeps_what_was_stated(pipe, priced):
    priced(pipe.plant, 4_000_000_000)
    with pytest.raises(Refused) as refused:
        priced(pipe.plant, 4_200_000_000, on=TODAY)
    assert refused.value.field == "reason"
    priced(pipe.plant, 4_200_000_000, on=TODAY, reason="增资")
    assert Amount.objects.count() == 2
    assert amount_on(pipe.plant, "total", JANUARY).value == 4_000_000_000
    pipe.plant.refresh_from_db()
    assert pipe.plant.total == 4_200_000_000


def test_a_jump_of_ten_thousand_is_asked_about(pipe, priced):
    """万元 taken for 元: 42 亿 become 42 万亿."""
    priced(pipe.plant, 420_000)
    with pytest.raises(Refused) as refused:
        priced(pipe.plant, 4_200_000_000, on=TODAY, reason="更正")
    assert refused.value.field == "value"
    priced(pipe.plant, 4_200_000_000, on=TODAY, reason="原按万元填报", sure=True)


def test_the_size_follows_the_amount(pipe, priced):
    assert pipe.plant.size == "unknown"
    priced(pipe.plant, 1_000_000_000)
    pipe.plant.refresh_from_db()
    assert pipe.plant.size == "ge_10yi"


def test_papers_are_checked_by_their_content(pipe, actor):
    given = {"actor": actor, "project": pipe.plant, "title": "合同", "now": NOW}
    paper = add_paper(kind="formal_contract", file_name="合同.pdf", data=PDF, **given)
    assert paper.sha256
    for wrong, field in (
        ({"kind": "formal_contract"}, "file"),
        ({"kind": "love_letter", "document_no": "1"}, "kind"),
        ({"kind": "formal_contract", "file_name": "a.pdf", "data": b"MZ nothing"}, "file"),
    ):
        with pytest.raises(Refused) as refused:
            add_paper(**given, **wrong)
        assert refused.value.field == field
    assert pipe.plant.papers.count() == 1


def test_what_arrived_is_corrected_once_and_stays_in_the_book(pipe, actor):
    given = {"actor": actor, "now": NOW}
    arrival = record_arrival(
        project=pipe.plant, kind="fixed", on=JANUARY, amount=Decimal(500), today=TODAY, **given
    )
    with pytest.raises(Refused, match="还没有到"):
        record_arrival(project=pipe.plant, kind="fixed", on=TODAY + dt.timedelta(days=1),
                       amount=Decimal(1), today=TODAY, **given)  # fmt: skip
    with pytest.raises(Refused, match="更正原因"):
        correct_arrival(arrival=arrival, amount=Decimal(50), remark="", **given)
    correct_arrival(arrival=arrival, amount=Decimal(50), remark="多录一个零", **given)
    with pytest.raises(Refused, match="已经更正"):
        correct_arrival(arrival=arrival, amount=Decimal(5), remark="再改", **given)
    assert Arrival.objects.count() == 2


def test_a_correction_keeps_the_rate_of_the_dollars(pipe, actor):
    arrival = record_arrival(
        actor=actor, project=pipe.plant, kind="fixed", on=JANUARY, amount=Decimal(7000),
        usd=Decimal(1000), foreign=True, now=NOW, today=TODAY,
    )  # fmt: skip
    made = correct_arrival(
        actor=actor, arrival=arrival, amount=Decimal(700), remark="多录一个零", now=NOW
    )
    assert made.usd == Decimal(100)
