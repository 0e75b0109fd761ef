"""Merging reads two enterprises as one; undoing it restores both exactly."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise, Fact, Merge
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.selectors.merges import merge_preview
from openzone.zone.registry.selectors.search import search
from openzone.zone.registry.services.enterprises import create_enterprise, update_enterprise
from openzone.zone.registry.services.merges import merge, unmerge
from tests.factories import TESTS, make_enterprise, make_uscc, state

MARCH = dt.date(2026, 3, 31)
MAY = dt.date(2026, 5, 4)


def join(survivor: Enterprise, absorbed: Enterprise) -> Merge:
    return merge(actor=TESTS, survivor=survivor, absorbed=absorbed, reason="同一家企业")


def undo(done: Merge) -> Merge:
    return unmerge(actor=TESTS, merge=done, reason="并错了")


def read(firm: Enterprise) -> dict[str, Any]:
    """Everything a reader sees of an enterprise."""
    known = facts_of(Enterprise.objects.get(pk=firm.pk), MAY)
    return {name: (fact.value, fact.row) for name, fact in known.items()}


@pytest.mark.django_db
class TestMerging:
    def test_the_survivor_reads_the_facts_of_both(self) -> None:
        survivor, absorbed = make_enterprise(), make_enterprise()
        state(survivor, MARCH, revenue_y1=1)
        state(absorbed, MARCH, employees=2)
        join(survivor, absorbed)
        assert {"revenue_y1", "employees"} <= set(read(survivor))

    def test_no_fact_moves(self) -> None:
        survivor, absorbed = make_enterprise(), make_enterprise()
        state(absorbed, MARCH, employees=2)
        join(survivor, absorbed)
        assert Fact.objects.get().subject_id == absorbed.pk

    def test_where_both_speak_the_later_known_counts(self) -> None:
        survivor, absorbed = make_enterprise(), make_enterprise()
        state(survivor, MARCH, known_on=MAY, revenue_y1=1)
        state(absorbed, MARCH, revenue_y1=2)
        join(survivor, absorbed)
        assert read(survivor)["revenue_y1"][0] == 1

    def test_a_chain_of_merges_is_read_from_its_end_and_undone_in_any_order(self) -> None:
        first, second, third = (make_enterprise() for _ in range(3))
        state(third, MARCH, employees=3)
        lower = join(second, third)
        upper = join(first, second)
        assert read(first)["employees"][0] == 3
        undo(lower)
        assert "employees" not in read(first)
        assert read(third)["employees"][0] == 3
        undo(upper)
        assert not Enterprise.objects.filter(merged_into__isnull=False).exists()

    def test_undoing_the_upper_merge_keeps_the_lower_one(self) -> None:
        first, second, third = (make_enterprise() for _ in range(3))
        state(third, MARCH, employees=3)
        join(second, third)
        undo(join(first, second))
        assert "employees" not in read(first)
        assert read(second)["employees"][0] == 3

    def test_the_survivor_is_found_by_the_names_of_the_absorbed(self) -> None:
        survivor = make_enterprise("合肥晶能电池科技有限公司")
        absorbed = make_enterprise("安徽金能电池厂")
        done = join(survivor, absorbed)
        assert list(search("金能")) == [survivor]
        assert list(search("jndcc")) == [survivor]
        undo(done)
        assert list(search("金能")) == [absorbed]

    def test_merge_and_undoing_are_in_the_log(self) -> None:
        done = join(make_enterprise(), make_enterprise())
        undo(done)
        actions = list(Event.objects.order_by("-seq").values_list("action", flat=True)[:2])
        assert actions == ["registry.enterprise.unmerged", "registry.enterprise.merged"]


@pytest.mark.django_db
class TestRefusals:
    def test_not_with_itself(self) -> None:
        firm = make_enterprise()
        with pytest.raises(Refused, match="自身"):
            join(firm, firm)

    def test_not_twice_and_not_into_one_that_is_merged_itself(self) -> None:
        first, second, third = (make_enterprise(f"示例{n}厂") for n in "一二三")
        join(first, second)
        with pytest.raises(Refused, match="示例一厂"):
            join(third, second)
        with pytest.raises(Refused, match="示例一厂"):
            join(second, third)

    def test_no_circle(self) -> None:
        first, second = make_enterprise(), make_enterprise()
        join(first, second)
        with pytest.raises(Refused):
            join(second, first)

    def test_the_one_with_the_code_stays(self) -> None:
        coded, bare = make_enterprise(uscc=make_uscc()), make_enterprise()
        with pytest.raises(Refused, match="反过来"):
            join(bare, coded)

    def test_an_example_never_becomes_part_of_a_real_enterprise(self) -> None:
        with pytest.raises(Refused, match="示例"):
            join(make_enterprise(), make_enterprise(synthetic=True))

    def test_not_without_a_reason(self) -> None:
        one, two = make_enterprise(), make_enterprise()
        with pytest.raises(Refused, match="理由"):
            merge(actor=TESTS, survivor=one, absorbed=two, reason=" ")

    def test_not_undone_twice(self) -> None:
        done = join(make_enterprise(), make_enterprise())
        undo(done)
        with pytest.raises(Refused, match="已经撤销"):
            undo(done)

    def test_not_undone_while_another_one_holds_its_code(self) -> None:
        survivor, absorbed = make_enterprise(uscc=make_uscc(1)), make_enterprise(uscc=make_uscc(2))
        done = join(survivor, absorbed)
        create_enterprise(actor=TESTS, name="接手的企业", uscc=make_uscc(2))
        with pytest.raises(Refused, match="接手的企业"):
            undo(done)

    def test_facts_are_stated_about_the_survivor_only(self) -> None:
        survivor, absorbed = make_enterprise("示例一厂"), make_enterprise()
        join(survivor, absorbed)
        with pytest.raises(Refused, match="示例一厂"):
            state(absorbed, MARCH, employees=1)
        with pytest.raises(Refused, match="示例一厂"):
            update_enterprise(actor=TESTS, enterprise=absorbed, changes={"short_name": "新"})

    def test_the_database_holds_root_and_merge_together(self) -> None:
        one, two = make_enterprise(), make_enterprise()
        with pytest.raises(IntegrityError), transaction.atomic():
            Enterprise.objects.filter(pk=one.pk).update(root=two)


@pytest.mark.django_db
class TestPreview:
    def test_it_counts_what_would_be_read_and_names_every_disagreement(self) -> None:
        survivor, absorbed = make_enterprise(), make_enterprise()
        state(survivor, MARCH, revenue_y1=100, employees=10)
        state(absorbed, MARCH, known_on=MAY, revenue_y1=120, employees=10, ip_class1=3)
        preview = merge_preview(survivor, absorbed, MAY)
        assert (preview.facts, preview.names) == (3, 1)
        (difference,) = preview.disagreements
        assert (difference.survivor.value, difference.absorbed.value) == (100, 120)

    @pytest.mark.parametrize("later", ["survivor", "absorbed"])
    def test_the_winner_it_names_is_what_is_read_afterwards(self, later: str) -> None:
        survivor, absorbed = make_enterprise(), make_enterprise()
        days = {"survivor": MARCH, "absorbed": MARCH} | {later: MAY}
        state(survivor, MARCH, known_on=days["survivor"], revenue_y1=100)
        state(absorbed, MARCH, known_on=days["absorbed"], revenue_y1=120)
        (difference,) = merge_preview(survivor, absorbed, MAY).disagreements
        join(survivor, absorbed)
        assert read(survivor)["revenue_y1"][0] == difference.winner.value

    def test_it_warns_when_the_codes_differ(self) -> None:
        one, two = make_enterprise(uscc=make_uscc()), make_enterprise(uscc=make_uscc())
        assert "两家企业" in merge_preview(one, two, MAY).warnings[0].zh

    def test_it_changes_nothing(self) -> None:
        one, two = make_enterprise(), make_enterprise()
        before = Event.objects.count()
        merge_preview(one, two, MAY)
        assert (Event.objects.count(), Merge.objects.count()) == (before, 0)


class AnyMerges(RuleBasedStateMachine):
    """Any sequence of merges and undoings, against a model that only knows who is whose part."""

    def __init__(self) -> None:
        super().__init__()
        self.firms = [make_enterprise() for _ in range(5)]
        for number, firm in enumerate(self.firms):
            state(firm, MARCH, known_on=MAY, employees=number)
            state(firm, dt.date(2021 + number, 6, 30), known_on=MAY, revenue_y1=number)
        self.alone = {firm.pk: read(firm) for firm in self.firms}
        self.parent: dict[int, int] = {}
        self.active: list[Merge] = []

    def top(self, index: int) -> int:
        while index in self.parent:
            index = self.parent[index]
        return index

    @rule(survivor=st.integers(0, 4), absorbed=st.integers(0, 4))
    def try_to_merge(self, survivor: int, absorbed: int) -> None:
        allowed = (
            survivor != absorbed and survivor not in self.parent and absorbed not in self.parent
        )
        try:
            with transaction.atomic():
                self.active.append(join(self.firms[survivor], self.firms[absorbed]))
        except Refused:
            assert not allowed
        else:
            assert allowed
            self.parent[absorbed] = survivor
        self.check()

    @precondition(lambda self: self.active)
    @rule(data=st.data())
    def undo_one(self, data: st.DataObject) -> None:
        done = self.active.pop(data.draw(st.integers(0, len(self.active) - 1)))
        undo(done)
        gone = next(i for i, firm in enumerate(self.firms) if firm.pk == done.absorbed_id)
        del self.parent[gone]
        self.check()

    def check(self) -> None:
        tops = [self.top(index) for index in range(5)]
        for index, firm in enumerate(self.firms):
            assert Enterprise.objects.get(pk=firm.pk).root_id == self.firms[tops[index]].pk
            members = [i for i in range(5) if tops[i] == tops[index]]
            assert read(firm)["employees"][0] == max(members)
            if members == [index]:
                assert read(firm) == self.alone[firm.pk]
        live = [firm.pk for index, firm in enumerate(self.firms) if index not in self.parent]
        assert columns(MAY, ["name"]).enterprises == live

    def teardown(self) -> None:
        for done in reversed(self.active):
            undo(done)
        for firm in self.firms:
            assert read(firm) == self.alone[firm.pk]


@pytest.mark.django_db
def test_any_sequence_of_merges_can_be_undone_exactly() -> None:
    class InTransaction(AnyMerges):
        """Each run in a transaction of its own that is rolled back."""

        def __init__(self) -> None:
            self.frame = transaction.atomic()
            self.frame.__enter__()
            super().__init__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.frame.__exit__(None, None, None)

    run_state_machine_as_test(
        InTransaction, settings=settings(max_examples=12, stateful_step_count=10, deadline=None)
    )
