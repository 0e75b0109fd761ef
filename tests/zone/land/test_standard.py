"""Standard land: promised before, checked after by somebody else, a miss becomes a case."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.projects.landcheck import CheckState, Light
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.errors import Refused
from openzone.zone.land.models import LandCheck, LandPromise, Obligation, Parcel, StandardLand
from openzone.zone.land.selectors.standards import (
    board,
    checks_due,
    known,
    lines,
    loaded,
)
from openzone.zone.land.services import checks, standards
from openzone.zone.land.services.parcels import link_project
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.services import create_unit
from openzone.zone.projects.services.months import report_month
from tests.zone.land.conftest import JANUARY, NOW, PAPER, PDF, TODAY, mu

GOOD = {"plot_ratio": Decimal("1.25"), "investment_per_mu": Decimal(310)}


@pytest.fixture
def check(actor, land, standard):
    def held(user=None, stage="completion", figures=GOOD, **more):
        return checks.check_standard(
            actor=actor, standard=standard, stage=stage, on=more.pop("on", TODAY), figures=figures,
            user=user or land.colleague, now=NOW, today=TODAY, **PAPER | more,
        )  # fmt: skip

    return held


def _lights(standard):
    found = loaded(StandardLand.objects.filter(pk=standard.pk)).get()
    return {one.indicator.id: one.light.value for one in lines(found)}


def test_before_a_check_nothing_is_known(standard):
    assert set(_lights(standard).values()) == {"unknown"}


def test_promises_kept_are_green_and_nothing_follows(standard, check):
    check()
    assert {name: _lights(standard)[name] for name in GOOD} == dict.fromkeys(GOOD, "green")
    assert not Obligation.objects.exists()


def test_a_missed_promise_becomes_a_case_with_owner_and_clock(standard, check, land):
    check(figures=GOOD | {"investment_per_mu": Decimal(200)})
    (found,) = Obligation.objects.all()
    case = found.case
    assert (found.consequence, case.lead, case.kind) == ("rectify", land.unit, "land_obligation")
    assert {one["id"] for one in case.clocks} == {"accept", "rectify"}
    assert "承诺 300" in case.text
    assert _lights(standard)["investment_per_mu"] == "red"


def _close(case, clerk, closer):
    hand = {"now": NOW}
    act(actor=Actor.of(clerk), case=case, action="finish", user=clerk, data={"text": "已补足"},
        files=[Upload("证明.pdf", PDF, "evidence")], **hand)  # fmt: skip
    case.refresh_from_db()
    return act(
        actor=Actor.of(closer),
        case=case,
        action="close",
        user=closer,
        data={"text": "属实"},
        **hand,
    )


@pytest.fixture
def centre(committee, actor, make_user):
    unit = create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )
    return make_user("fuwu", Role.CENTRE, unit)


def test_the_case_closes_only_by_evidence_and_the_next_miss_weighs_more(
    centre, standard, check, land
):
    check(figures=GOOD | {"investment_per_mu": Decimal(200)})
    case = Case.objects.get()
    with pytest.raises(Refused):
        act(actor=Actor.of(land.clerk), case=case, action="finish", user=land.clerk, data={},
            now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="尚未销号"):
        check()
    assert _close(case, land.clerk, centre).closed
    check(figures=GOOD | {"investment_per_mu": Decimal(250)})
    assert Obligation.objects.order_by("pk").last().consequence == "pay"


def test_figures_not_known_yet_keep_the_check_open(standard, check):
    check(figures={"plot_ratio": Decimal("1.25")})
    assert _lights(standard)["investment_per_mu"] == "unknown"
    (row,) = board(Parcel.objects.all(), TODAY)
    assert row.checks[0].state is CheckState.OPEN
    assert row.lights[Light.GREEN] == 1


@pytest.mark.parametrize("who", ["clerk", "investor"])
def test_who_promises_or_recorded_the_promise_does_not_check(land, check, who):
    with pytest.raises(Refused):
        check(user=getattr(land, who))
    assert not LandCheck.objects.exists()


def test_the_database_holds_that_they_are_two(land, standard):
    with pytest.raises(DatabaseError), transaction.atomic():
        LandCheck.objects.create(
            standard=standard, stage="completion", seq=1, on=TODAY, file="x", name="x", sha256="x",
            checker=land.clerk, signed_by=land.clerk, recorded_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": dt.date(2026, 1, 1)}, "on"),
        ({"on": dt.date(2026, 12, 1)}, "on"),
        ({"figures": {"tax_per_mu": Decimal(1)}}, "figures"),
        ({"figures": {"plot_ratio": None}}, "figures"),
        ({"data": b"nothing"}, "file"),
    ],
)
def test_a_check_without_sense_is_refused_whole(check, given, field):
    with pytest.raises(Refused) as refused:
        check(**given)
    assert refused.value.field == field
    assert not LandCheck.objects.exists()


def test_signed_promises_are_kept_by_the_database(actor, land, standard):
    with pytest.raises(Refused, match="不能更改"):
        standards.promise_anew(actor=actor, standard=standard, promises={})
    with pytest.raises(DatabaseError), transaction.atomic():
        LandPromise.objects.filter(standard=standard).update(value=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        StandardLand.objects.update(full_output_due=dt.date(2040, 1, 1))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"promises": {}}, "promises"),
        ({"promises": {"none": Decimal(1)}}, "promises"),
        ({"promises": {"plot_ratio": Decimal(-1)}}, "plot_ratio"),
        ({"control": "nowhere.x"}, "control"),
        ({"control": "longchang.food", "promises": {"tax_per_mu": Decimal(7)}}, "tax_per_mu"),
        ({"full_output_due": dt.date(2026, 1, 1)}, "full_output_due"),
        ({"enterprise": None}, "promiser"),
    ],
)
def test_a_draft_without_sense_is_refused_whole(drafted, given, field):
    with pytest.raises(Refused) as refused:
        drafted(**given)
    assert refused.value.field == field
    assert not StandardLand.objects.exists()


def test_a_promise_as_high_as_the_published_indicator_passes(drafted):
    assert drafted(control="longchang.food", promises={"tax_per_mu": Decimal(8)}).pk


def test_one_agreement_a_parcel_until_it_ends(actor, drafted, standard, land):
    with pytest.raises(Refused, match="1号"):
        drafted(number="2")
    ended = standards.end_standard(
        actor=actor, standard=standard, on=TODAY, reason="土地收回", today=TODAY
    )
    assert checks_due(Parcel.objects.all(), TODAY, dt.date(2030, 1, 1)) == []
    assert ended.ended_because == "土地收回"
    assert drafted(number="2").pk


def test_a_draft_can_be_changed_and_thrown_away(actor, land, drafted):
    draft = drafted()
    standards.promise_anew(actor=actor, standard=draft, promises={"plot_ratio": Decimal(2)})
    assert [one.value for one in draft.promises.all()] == [Decimal(2)]
    standards.discard_standard(actor=actor, standard=draft)
    with pytest.raises(Refused, match="已被删除"):
        standards.sign_standard(
            actor=actor, standard=draft, on=JANUARY, user=land.clerk, today=TODAY, **PAPER
        )


def test_checks_are_announced(standard, check):
    """Completion is due on 31 August: within 90 days of 30 June, not of 1 May."""
    every = Parcel.objects.all()
    assert checks_due(every, dt.date(2026, 5, 1), dt.date(2026, 5, 10)) == []
    (due,) = checks_due(every, TODAY, TODAY)
    assert (due.stage, due.state) == ("completion", CheckState.DUE_SOON)
    check()
    assert checks_due(every, TODAY, TODAY) == []


def test_the_record_knows_some_figures(actor, land, drafted):
    link_project(
        actor=actor, parcel=land.parcel, project=land.factory, area_m2=mu(115),
        floor_m2=Decimal(92_000),
    )  # fmt: skip
    report_month(
        actor=actor, project=land.factory, month=dt.date(2026, 5, 1), now=NOW, today=TODAY,
        invested=Decimal(345_000_000), user=land.clerk,
    )  # fmt: skip
    found = known(drafted(project=land.factory), TODAY)
    assert found == {"plot_ratio": Decimal("1.20"), "investment_per_mu": Decimal("300.00")}
    assert known(StandardLand(parcel=land.parcel), TODAY) == {}


def test_the_board_asks_the_database_as_often_for_many(
    actor, land, standard, check, plot, drafted, django_assert_max_num_queries
):
    check()
    for n in range(3):
        drafted(parcel=plot(f"示例{n}号"), number=f"示例{n}")
    with django_assert_max_num_queries(8):
        assert len(board(Parcel.objects.all(), TODAY)) == 4
