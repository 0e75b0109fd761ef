"""The record is dated twice: what a figure speaks of, and when it became known."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise, Fact, Source, Subject
from openzone.zone.registry.selectors.facts import facts_of, history
from openzone.zone.registry.services.facts import Counts, correct_fact, state_facts, withdraw_fact
from tests.factories import TESTS, make_enterprise, make_source, state

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 31)
MAY = dt.date(2026, 5, 4)
JUNE = dt.date(2026, 6, 30)


@pytest.fixture
def firm() -> Enterprise:
    return make_enterprise("合肥晶能电池科技有限公司")


def values(firm: Enterprise, as_of: dt.date, knowledge_date: dt.date | None = None) -> dict:
    """What is known besides who the enterprise is."""
    known = facts_of(firm, as_of, knowledge_date)
    return {name: fact.value for name, fact in known.items() if fact.row is not None}


def correct(firm: Enterprise, name: str, value: object, known_on: dt.date = MAY) -> Fact:
    return correct_fact(
        actor=TESTS, subject=firm, name=name, value=value, as_of=MARCH, known_on=known_on,
        reason="审计调整",
    )  # fmt: skip


class TestPeriods:
    def test_a_yearly_figure_moves_back_a_year_when_the_year_ends(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000", revenue_y2="2000", revenue_y3="1000")
        assert values(firm, MARCH) == {"revenue_y1": 3000, "revenue_y2": 2000, "revenue_y3": 1000}
        assert values(firm, dt.date(2027, 1, 1)) == {"revenue_y2": 3000, "revenue_y3": 2000}

    def test_the_day_before_new_year_still_means_the_old_year(self, firm: Enterprise) -> None:
        state(firm, dt.date(2025, 12, 31), revenue_y1="2000")
        assert values(firm, dt.date(2025, 12, 31)) == {"revenue_y1": 2000}
        assert values(firm, dt.date(2026, 1, 1)) == {"revenue_y2": 2000}

    def test_a_moment_counts_until_a_later_one_is_stated(self, firm: Enterprise) -> None:
        state(firm, MARCH, employees=100)
        state(firm, JUNE, employees=120)
        assert values(firm, MARCH) == {"employees": 100}
        assert values(firm, JUNE - dt.timedelta(days=1)) == {"employees": 100}
        assert values(firm, JUNE) == {"employees": 120}

    def test_an_older_moment_that_arrives_late_does_not_displace_a_newer_one(
        self, firm: Enterprise
    ) -> None:
        state(firm, MARCH, employees=100)
        state(firm, dt.date(2025, 6, 30), known_on=MAY, employees=80)
        assert values(firm, JUNE) == {"employees": 100}

    def test_a_span_is_another_figure_in_another_year(self, firm: Enterprise) -> None:
        state(firm, MARCH, equity_raised_2y="5000000")
        assert values(firm, JUNE) == {"equity_raised_2y": 5_000_000}
        assert values(firm, dt.date(2027, 1, 1)) == {}

    def test_what_does_not_change_is_known_for_ever(self, firm: Enterprise) -> None:
        state(firm, MARCH, registered_on="2015-04-01")
        assert values(firm, dt.date(2036, 1, 1)) == {"registered_on": dt.date(2015, 4, 1)}

    def test_a_true_zero_is_known_and_a_missing_figure_is_not(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1=0)
        assert values(firm, MARCH) == {"revenue_y1": 0}


class TestKnowledge:
    def test_a_day_is_read_with_what_was_known_then(self, firm: Enterprise) -> None:
        state(firm, MARCH, known_on=MAY, revenue_y1="3000")
        assert values(firm, MARCH) == {}
        assert values(firm, MAY) == {"revenue_y1": 3000}

    def test_an_old_day_can_be_read_with_later_knowledge(self, firm: Enterprise) -> None:
        state(firm, MARCH, known_on=MAY, revenue_y1="3000")
        assert values(firm, MARCH, knowledge_date=JUNE) == {"revenue_y1": 3000}

    def test_every_value_carries_unit_period_source_and_age(self, firm: Enterprise) -> None:
        state(
            firm, MARCH, source=make_source("年报", document_no="审字〔2026〕8号"), revenue_y1=3000
        )
        known = facts_of(firm, MAY)["revenue_y1"]
        assert (known.unit.zh, known.value) == ("元", Decimal(3000))
        assert known.period.last == dt.date(2025, 12, 31)
        assert known.source is not None
        assert known.source.document_no == "审字〔2026〕8号"
        assert known.known_on == MARCH
        assert known.age_days(MAY) == (MAY - dt.date(2025, 12, 31)).days

    def test_names_and_codes_are_known_like_facts(self, firm: Enterprise) -> None:
        known = facts_of(firm, MARCH)
        assert known["name"].value == "合肥晶能电池科技有限公司"
        assert "uscc" not in known


class TestStating:
    def test_stating_the_same_again_adds_nothing(self, firm: Enterprise) -> None:
        first = state(firm, MARCH, revenue_y1="3000", employees=100, registered_on="2015-04-01")
        again = state(firm, MARCH, revenue_y1="3000.00", employees=100, registered_on="2015-04-01")
        assert (first, again) == (Counts(3, 0, 0), Counts(0, 0, 3))
        assert Fact.objects.count() == 3

    def test_the_same_figure_for_a_later_day_is_new_because_it_is_younger(
        self, firm: Enterprise
    ) -> None:
        state(firm, MARCH, employees=100)
        assert state(firm, JUNE, employees=100) == Counts(1, 0, 0)
        assert facts_of(firm, JUNE)["employees"].age_days(JUNE) == 0

    def test_another_value_is_a_new_row_and_the_later_known_one_counts(
        self, firm: Enterprise
    ) -> None:
        state(firm, MARCH, revenue_y1="3000")
        assert state(firm, MARCH, known_on=MAY, revenue_y1="3100") == Counts(0, 1, 0)
        assert values(firm, MAY) == {"revenue_y1": 3100}
        assert values(firm, MARCH) == {"revenue_y1": 3000}

    def test_of_two_known_on_the_same_day_the_one_recorded_later_counts(
        self, firm: Enterprise
    ) -> None:
        state(firm, MARCH, revenue_y1="3000")
        state(firm, MARCH, revenue_y1="2900")
        assert values(firm, MARCH) == {"revenue_y1": 2900}

    @pytest.mark.parametrize(
        ("facts", "field", "said"),
        [
            ({"revnue_y1": 1}, "revnue_y1", "没有"),
            ({"revenue": 1}, "revenue", "没有"),
            ({"revenue_y1": "三千"}, "revenue_y1", "营业收入(上年度)应为数字"),
            ({"employees": 5, "registered_on": "去年"}, "registered_on", "应为日期"),
            ({"name": "新名称"}, "name", "企业资料"),
        ],
    )
    def test_a_bad_fact_is_refused_by_name_and_nothing_is_written(
        self, firm: Enterprise, facts: dict[str, object], field: str, said: str
    ) -> None:
        before = Event.objects.count()
        with pytest.raises(Refused) as refused:
            state(firm, MARCH, **facts)
        assert refused.value.field == field
        assert said in refused.value.reason.zh
        assert (Fact.objects.count(), Source.objects.count()) == (0, 0)
        assert Event.objects.count() == before

    def test_nothing_becomes_known_in_the_future(self, firm: Enterprise) -> None:
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        with pytest.raises(Refused, match="还没有到"):
            state(firm, MARCH, known_on=tomorrow, employees=1)

    def test_a_source_can_be_used_again(self, firm: Enterprise) -> None:
        source = make_source()
        state(firm, MARCH, source=source, employees=1)
        state(firm, MARCH, source=source, revenue_y1=2)
        assert Source.objects.count() == 1


class TestCorrecting:
    def test_a_correction_counts_from_the_day_it_became_known(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000")
        correct(firm, "revenue_y1", "2950.5")
        assert values(firm, MARCH) == {"revenue_y1": 3000}
        assert values(firm, MAY) == {"revenue_y1": Decimal("2950.5")}

    def test_a_correction_speaks_of_the_period_that_was_wrong(self, firm: Enterprise) -> None:
        state(firm, dt.date(2025, 12, 31), employees=300)
        correct(firm, "employees", 200)
        assert facts_of(firm, MAY)["employees"].period.last == dt.date(2025, 12, 31)

    def test_what_was_said_before_stays_readable_with_its_reason(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000")
        correct(firm, "revenue_y1", "2950")
        rows = history(firm, "revenue")
        assert [row.value for row in rows] == ["2950", "3000"]
        assert [row.source.title for row in rows] == ["审计调整", "示例台账"]

    def test_a_withdrawn_fact_is_unknown_again_but_not_forgotten(self, firm: Enterprise) -> None:
        state(firm, MARCH, ip_core_owned=True)
        withdraw_fact(
            actor=TESTS,
            subject=firm,
            name="ip_core_owned",
            as_of=MARCH,
            known_on=MAY,
            reason="专利已转让",
        )
        assert values(firm, MAY) == {}
        assert values(firm, MARCH) == {"ip_core_owned": True}
        assert [row.value for row in history(firm, "ip_core_owned")] == [None, "true"]

    def test_a_withdrawn_fact_can_be_stated_anew(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000")
        withdraw_fact(
            actor=TESTS, subject=firm, name="revenue_y1", as_of=MARCH, known_on=MAY, reason="报错"
        )
        assert state(firm, MARCH, known_on=JUNE, revenue_y1="3000") == Counts(1, 0, 0)
        assert values(firm, JUNE) == {"revenue_y1": 3000}

    def test_what_is_not_known_cannot_be_corrected(self, firm: Enterprise) -> None:
        with pytest.raises(Refused, match="没有记录"):
            correct(firm, "revenue_y1", 1)

    def test_a_correction_to_the_same_value_is_refused(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000")
        with pytest.raises(Refused, match="相同"):
            correct(firm, "revenue_y1", "3000.0")

    def test_a_correction_cannot_be_older_than_what_it_corrects(self, firm: Enterprise) -> None:
        state(firm, MARCH, known_on=MAY, revenue_y1="3000")
        with pytest.raises(Refused, match="2026-05-04"):
            correct(firm, "revenue_y1", "2950", known_on=MARCH)

    def test_a_correction_needs_a_reason(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000")
        with pytest.raises(Refused, match="理由"):
            withdraw_fact(
                actor=TESTS, subject=firm, name="revenue_y1", as_of=MARCH, known_on=MAY, reason=" "
            )


class TestLog:
    def test_every_change_is_in_the_log_with_what_it_replaces(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000")
        correct(firm, "revenue_y1", "2950")
        event = Event.objects.latest("seq")
        assert (event.action, event.subject) == ("registry.fact.corrected", f"enterprise:{firm.pk}")
        assert '"before":"3000"' in event.payload
        assert '"after":"2950"' in event.payload

    def test_sensitive_values_stay_out_of_the_log(self, firm: Enterprise) -> None:
        state(firm, MARCH, contact_phone="13800000000")
        correct(firm, "contact_phone", "13900000000")
        logged = "".join(Event.objects.order_by("seq").values_list("payload", flat=True))
        assert "contact_phone" in logged
        assert "13800000000" not in logged
        assert "13900000000" not in logged


class TestProtection:
    @pytest.mark.parametrize("table", ["registry_fact", "registry_source"])
    @pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_the_database_refuses_to_rewrite_facts_and_sources(
        self, firm: Enterprise, table: str, change: str
    ) -> None:
        from django.db import connection

        state(firm, MARCH, revenue_y1="3000")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(change.format(table))
        assert values(firm, MARCH) == {"revenue_y1": 3000}

    def test_an_orm_update_is_refused_too(self, firm: Enterprise) -> None:
        state(firm, MARCH, revenue_y1="3000")
        with pytest.raises(DatabaseError), transaction.atomic():
            Fact.objects.update(value="9999")


def test_facts_written_with_a_failing_event_are_not_written(
    firm: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: a fact without its event does not exist."""
    from openzone.zone.registry.services import facts as service

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(service, "record", fail)
    with pytest.raises(RuntimeError):
        state_facts(
            actor=TESTS, subject=firm, facts={"employees": 1}, as_of=MARCH, known_on=MARCH,
            source=make_source(),
        )  # fmt: skip
    assert Fact.objects.count() == 0


def test_facts_can_be_about_a_subject_that_is_no_enterprise() -> None:
    """Projects, places and units become subjects one day."""
    subject = Subject.objects.create(kind="project")
    counts = state_facts(
        actor=TESTS, subject=subject, facts={"address": "高新区一号地块", "land_area": "20000"},
        as_of=MARCH, known_on=MARCH, source=make_source(),
    )  # fmt: skip
    assert counts.new == 2
    known = facts_of(subject, MARCH)
    assert {name: fact.value for name, fact in known.items()} == {
        "address": "高新区一号地块",
        "land_area": 20_000,
    }
    assert Event.objects.latest("seq").subject == f"project:{subject.pk}"
