"""Entering enterprises, keeping them up to date, listing them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import NameKind, PlaceKind
from openzone.zone.registry.models import Enterprise, Subject
from openzone.zone.registry.selectors.enterprises import Filter, completeness, enterprises
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.selectors.identity import find_enterprise, name_on, names_of
from openzone.zone.registry.services.enterprises import (
    add_name,
    create_enterprise,
    rename_enterprise,
    update_enterprise,
)
from openzone.zone.registry.services.facts import withdraw_fact
from openzone.zone.registry.services.merges import merge
from tests.factories import TESTS, make_enterprise, make_place, make_uscc, state

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 31)
JUNE = dt.date(2026, 6, 30)


class TestCreating:
    def test_codes_are_stored_in_their_standard_form(self) -> None:
        code = make_uscc(7)
        firm = make_enterprise(uscc=f" {code[:6].lower()} {code[6:].lower()} ", external_id=" A-1 ")
        assert (firm.uscc, firm.external_id) == (code, "A-1")

    def test_a_wrong_code_is_refused_and_leaves_nothing_behind(self) -> None:
        with pytest.raises(Refused) as refused:
            make_enterprise(uscc="91340100000000000X")
        assert refused.value.field == "uscc"
        assert (Subject.objects.count(), Event.objects.count()) == (0, 0)

    @pytest.mark.parametrize("field", ["uscc", "external_id"])
    def test_a_code_that_is_taken_is_refused_naming_its_holder(self, field: str) -> None:
        taken = {field: make_uscc(5)}
        make_enterprise("先来的企业", **taken)
        with pytest.raises(Refused, match="先来的企业") as refused:
            make_enterprise(**taken)
        assert refused.value.field == field

    def test_many_enterprises_may_have_no_code(self) -> None:
        assert make_enterprise().uscc is make_enterprise().uscc is None

    def test_the_database_itself_keeps_codes_unique(self) -> None:
        one, two = make_enterprise(uscc=make_uscc(5)), make_enterprise()
        with pytest.raises(IntegrityError), transaction.atomic():
            Enterprise.objects.filter(pk=two.pk).update(uscc=one.uscc)

    @pytest.mark.parametrize("name", ["", "   ", "长" * 201])
    def test_a_name_must_be_a_name(self, name: str) -> None:
        with pytest.raises(Refused) as refused:
            create_enterprise(actor=TESTS, name=name)
        assert refused.value.field == "name"


class TestUpdating:
    def test_only_what_is_given_changes(self) -> None:
        place = make_place()
        firm = make_enterprise(uscc=make_uscc(5), short_name="旧", place=place)
        update_enterprise(actor=TESTS, enterprise=firm, changes={"short_name": "新"})
        firm.refresh_from_db()
        assert (firm.short_name, firm.uscc, firm.place) == ("新", make_uscc(5), place)

    def test_the_log_says_what_changed(self) -> None:
        firm = make_enterprise(short_name="旧")
        update_enterprise(actor=TESTS, enterprise=firm, changes={"short_name": "新"}, reason="更名")
        payload = Event.objects.latest("seq").payload
        assert '"before":{"short_name":"旧"}' in payload
        assert '"reason":"更名"' in payload

    def test_a_code_can_be_taken_away(self) -> None:
        firm = make_enterprise(uscc=make_uscc(5))
        update_enterprise(actor=TESTS, enterprise=firm, changes={"uscc": None})
        assert Enterprise.objects.get(pk=firm.pk).uscc is None

    def test_the_name_on_a_day_is_the_one_it_had_then(self) -> None:
        firm = make_enterprise("一号名称")
        renamed = rename_enterprise(
            actor=TESTS, enterprise=firm, name="二号名称", first_day=dt.date(2025, 5, 1)
        )
        renamed = rename_enterprise(
            actor=TESTS, enterprise=renamed, name="三号名称", first_day=JUNE
        )
        days = [dt.date(2025, 4, 30), dt.date(2025, 5, 1), JUNE - dt.timedelta(days=1), JUNE]
        assert [name_on(renamed, day) for day in days] == [
            "一号名称", "二号名称", "二号名称", "三号名称",
        ]  # fmt: skip
        assert facts_of(renamed, MARCH)["name"].value == "二号名称"
        assert facts_of(renamed, MARCH)["former_name"].value == "二号名称"

    def test_a_new_name_must_be_new(self) -> None:
        firm = make_enterprise("一号名称")
        with pytest.raises(Refused, match="相同"):
            rename_enterprise(actor=TESTS, enterprise=firm, name="一号名称 ", first_day=JUNE)

    def test_a_name_is_recorded_once(self) -> None:
        firm = make_enterprise()
        add_name(actor=TESTS, enterprise=firm, name="旧名", kind=NameKind.FORMER)
        with pytest.raises(Refused):
            add_name(actor=TESTS, enterprise=firm, name="旧名", kind=NameKind.FORMER)
        assert [name.name for name in names_of(firm)] == ["旧名"]


def listed(as_of: dt.date = JUNE, **chosen: object) -> list[Enterprise]:
    return list(enterprises(Filter(**chosen), as_of))


class TestListing:
    def test_a_park_shows_what_is_in_its_parts_too(self) -> None:
        zone = make_place("示例高新区", PlaceKind.ZONE)
        park = make_place("示例一园", parent=zone)
        inside, outside = make_enterprise(place=park), make_enterprise()
        assert listed(place=zone) == listed(place=park) == [inside]
        assert listed() == [inside, outside]

    def test_industries_are_chosen_by_the_beginning_of_their_code(self) -> None:
        battery, software, unknown = (make_enterprise() for _ in range(3))
        state(battery, MARCH, industry="C3841")
        state(software, MARCH, industry="I6510")
        assert listed(industries=("C38",)) == [battery]
        assert listed(industries=("C", "I")) == [battery, software]
        assert unknown not in listed(industries=("",))[:0]

    def test_the_industry_known_last_counts(self) -> None:
        firm = make_enterprise()
        state(firm, MARCH, industry="C3841")
        state(firm, JUNE, industry="I6510")
        assert (listed(industries=("C38",)), listed(industries=("I65",))) == ([], [firm])
        withdraw_fact(
            actor=TESTS, subject=firm, name="industry", as_of=JUNE, known_on=JUNE, reason="待核"
        )
        assert listed(industries=("I65",)) == []

    def test_with_and_without_code(self) -> None:
        coded, bare = make_enterprise(uscc=make_uscc()), make_enterprise()
        assert (listed(has_code=True), listed(has_code=False)) == ([coded], [bare])

    def test_real_and_synthetic(self) -> None:
        real, example = make_enterprise(), make_enterprise(synthetic=True)
        assert (listed(synthetic=False), listed(synthetic=True)) == ([real], [example])

    def test_missing_facts_are_those_that_facts_of_does_not_have(self) -> None:
        full, partly, none = (make_enterprise() for _ in range(3))
        state(full, MARCH, revenue_y1=0, employees=5)
        state(partly, MARCH, revenue_y1=9)
        assert listed(missing=("revenue_y1",)) == [none]
        assert listed(missing=("revenue_y1", "employees")) == [partly, none]
        assert listed(dt.date(2027, 1, 1), missing=("revenue_y1",)) == [full, partly, none]

    def test_a_withdrawn_fact_is_missing(self) -> None:
        firm = make_enterprise()
        state(firm, MARCH, employees=5)
        withdraw_fact(
            actor=TESTS, subject=firm, name="employees", as_of=MARCH, known_on=JUNE, reason="有误"
        )
        assert listed(missing=("employees",)) == [firm]
        assert listed(MARCH, missing=("employees",)) == []

    def test_what_a_merged_enterprise_knew_is_not_missing(self) -> None:
        survivor, middle, last = (make_enterprise() for _ in range(3))
        state(last, MARCH, employees=5)
        merge(actor=TESTS, survivor=middle, absorbed=last, reason="同一家")
        merge(actor=TESTS, survivor=survivor, absorbed=middle, reason="同一家")
        assert listed() == [survivor]
        assert listed(missing=("employees",)) == []

    def test_filters_and_text_narrow_together(self) -> None:
        place = make_place()
        wanted = make_enterprise("合肥晶能电池有限公司", place=place)
        make_enterprise("合肥晶能电池二厂")
        make_enterprise("合肥示例软件有限公司", place=place)
        assert listed(text="jndc", place=place) == [wanted]

    def test_a_list_page_takes_a_fixed_number_of_queries(
        self, django_assert_num_queries: object
    ) -> None:
        park = make_place()
        for _ in range(5):
            make_enterprise(place=park)
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert {firm.place.name for firm in enterprises(Filter(), JUNE)} == {"示例园区"}


class TestCompleteness:
    def test_it_names_what_is_missing(self) -> None:
        firm = make_enterprise()
        state(firm, MARCH, employees=5)
        found = completeness(facts_of(firm, MARCH), ["employees", "revenue_y1"])
        assert (found.known, found.wanted, found.share) == (1, 2, 0.5)
        assert [fact.name for fact in found.missing] == ["revenue_y1"]

    def test_by_default_the_whole_catalogue_is_wanted(self) -> None:
        firm = make_enterprise()
        before = completeness(facts_of(firm, MARCH))
        state(firm, MARCH, employees=5)
        after = completeness(facts_of(firm, MARCH))
        assert after.known == before.known + 1
        assert after.wanted == before.wanted > 50


class TestFinding:
    @pytest.mark.parametrize(
        "identifier", ["QY-7", " QY-7 ", make_uscc(7), make_uscc(7).lower(), "合肥晶能有限公司"]
    )
    def test_by_number_code_or_exact_name(self, identifier: str) -> None:
        firm = make_enterprise("合肥晶能有限公司", external_id="QY-7", uscc=make_uscc(7))
        assert find_enterprise(identifier) == firm

    def test_by_the_number_of_the_database(self) -> None:
        firm = make_enterprise()
        assert find_enterprise(str(firm.pk)) == firm

    def test_what_was_merged_leads_to_the_survivor(self) -> None:
        survivor, absorbed = make_enterprise(), make_enterprise(external_id="QY-7")
        merge(actor=TESTS, survivor=survivor, absorbed=absorbed, reason="同一家")
        assert find_enterprise("QY-7") == survivor

    @pytest.mark.parametrize("identifier", ["", "合肥", "9" * 40, "没有的企业"])
    def test_nothing_is_guessed(self, identifier: str) -> None:
        make_enterprise("合肥晶能有限公司")
        assert find_enterprise(identifier) is None

    def test_a_name_that_two_have_means_neither(self) -> None:
        make_enterprise("合肥晶能有限公司")
        make_enterprise("合肥晶能有限公司")
        assert find_enterprise("合肥晶能有限公司") is None
