"""Where a firm stands is a dated fact: what was said before stays readable, shares come to 1."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.chains.models import Placement
from openzone.zone.chains.selectors.placements import acts_of, standing_of
from openzone.zone.chains.selectors.proposals import equal_split, split
from openzone.zone.chains.selectors.standing import on_record
from openzone.zone.chains.services.placing import correct, end, place, undo
from openzone.zone.chains.services.writing import last_change
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.merges import merge
from tests.zone.chains import reviewed as r


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user("fuhe")


@pytest.fixture
def who(user: User, actor: Actor) -> dict[str, object]:
    return {"actor": actor, "user": user, "now": r.NOW}


@pytest.fixture
def firm(db: None) -> Enterprise:
    return r.firm()


def stands(firm: Enterprise, on, known_at=None) -> dict[tuple[str, str], Decimal]:
    return {(row.chain, row.node): row.share for row in standing_of(firm, on, known_at)}


def test_a_new_set_takes_the_place_of_the_old_from_its_day_on(who, firm):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    place(**who, enterprise=firm, parts={r.CELL: r.HALF, r.SYSTEM: r.HALF}, valid_from=r.MAY)
    assert stands(firm, r.MAY - r.DAY) == {r.CELL: 1}
    assert stands(firm, r.MAY) == {r.CELL: r.HALF, r.SYSTEM: r.HALF}
    assert stands(firm, r.MARCH - r.DAY) == {}
    assert on_record(r.BATTERY, r.MAY).standing.placements[0].share == 0.5


def test_what_was_known_at_a_moment_can_be_read(who, firm):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    later = {**who, "now": r.NOW + r.HOUR}
    correct(**later, enterprise=firm, on=r.TODAY, parts={r.PACK: r.ONE}, reason="看错产品")
    assert stands(firm, r.MARCH) == {r.PACK: 1}
    assert stands(firm, r.MARCH, known_at=r.NOW) == {r.CELL: 1}


def test_a_correction_leaves_the_period_and_the_sets_around_it(who, firm):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    place(**who, enterprise=firm, parts={r.SYSTEM: r.ONE}, valid_from=r.MAY)
    correct(**who, enterprise=firm, on=r.MARCH, parts={r.CATHODE: r.ONE}, reason="登记有误")
    assert stands(firm, r.MAY - r.DAY) == {r.CATHODE: 1}
    assert stands(firm, r.MAY) == {r.SYSTEM: 1}


def test_a_firm_that_left_stands_nowhere(who, firm):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    end(**who, enterprise=firm, on=r.MAY, reason="迁出")
    assert stands(firm, r.MAY - r.DAY) == {r.CELL: 1}
    assert stands(firm, r.MAY) == {}


def test_a_link_kept_keeps_its_evidence_and_reviewer(who, firm, make_user):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    other = {**who, "user": make_user("ling")}
    place(**other, enterprise=firm, parts={r.CELL: r.HALF, r.PACK: r.HALF}, valid_from=r.MAY)
    rows = {row.node: str(row.reviewed_by) for row in standing_of(firm, r.MAY)}
    assert rows == {"cell": "fuhe", "pack": "ling"}


@pytest.mark.parametrize(
    ("parts", "zh", "en"),
    [
        ({r.CELL: r.HALF}, "合计应为1，现为 0.5", "they come to 0.5"),
        ({r.CELL: r.ONE, r.PACK: r.HALF}, "现为 1.5", "they come to 1.5"),
        ({r.CELL: Decimal(0), r.PACK: r.ONE}, "份额应大于0", "must be above 0"),
        ({r.CELL: Decimal("NaN")}, "份额应大于0", "must be above 0"),
        ({(r.BATTERY, "moon"): r.ONE}, "没有环节“moon”", "no link “moon”"),
        ({("moon", "cell"): r.ONE}, "没有产业链“moon”", "no chain “moon”"),
        ({}, "请至少选择一个环节", "choose at least one"),
    ],
)
def test_shares_that_are_no_whole_are_refused_with_the_reason(who, firm, parts, zh, en):
    with pytest.raises(Refused) as refused:
        place(**who, enterprise=firm, parts=parts, valid_from=r.MARCH)
    assert zh in refused.value.reason.zh
    assert en in refused.value.reason.en
    assert not Placement.objects.exists()
    assert not Event.objects.filter(action__startswith="chains.").exists()


def test_thirds_are_a_whole(who, firm):
    third = Decimal("0.33333333")
    parts = {r.CELL: third, r.PACK: third, r.SYSTEM: third}
    place(**who, enterprise=firm, parts=parts, valid_from=r.MARCH)
    assert stands(firm, r.MARCH) == parts


def test_a_day_to_come_and_the_same_again_are_refused(who, firm):
    with pytest.raises(Refused, match="还没有到"):
        place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.TODAY + r.DAY)
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    with pytest.raises(Refused, match="完全相同"):
        place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MAY)


def test_the_slower_of_two_is_told_who_was_first(who, firm, make_user):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    slower = {**who, "user": make_user("ling")}
    with pytest.raises(Refused, match=r"已由fuhe于2026-06-30 10:00办理"):
        place(**slower, enterprise=firm, parts={r.PACK: r.ONE}, valid_from=r.MARCH, seen=0)
    assert stands(firm, r.MARCH) == {r.CELL: 1}


def test_undoing_brings_back_what_was(who, firm):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    change = place(**who, enterprise=firm, parts={r.PACK: r.ONE}, valid_from=r.MAY)
    undo(**who, change=change)
    assert stands(firm, r.TODAY) == {r.CELL: 1}
    assert stands(firm, r.MARCH) == {r.CELL: 1}
    with pytest.raises(Refused, match="已经撤销"):
        undo(**who, change=change)
    acts = [(act.change.kind, act.undone) for act in acts_of(firm)]
    assert acts == [("undone", False), ("placed", True), ("placed", False)]


def test_only_the_last_act_is_undone(who, firm):
    first = place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    place(**who, enterprise=firm, parts={r.PACK: r.ONE}, valid_from=r.MAY)
    with pytest.raises(Refused, match="只能撤销最近一次"):
        undo(**who, change=first)


def test_a_firm_that_was_merged_is_read_as_the_one_that_stayed(who, firm, actor):
    double = r.firm("示例正极公司")
    place(**who, enterprise=double, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    merge(actor=actor, survivor=firm, absorbed=double, reason="重复")
    place(**who, enterprise=double, parts={r.PACK: r.ONE}, valid_from=r.MAY)
    firm.refresh_from_db()
    assert stands(firm, r.MARCH) == {r.CELL: 1}
    assert stands(firm, r.MAY) == {r.PACK: 1}


def test_the_database_keeps_a_placement_as_it_was_written(who, firm):
    place(**who, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    for change in ({"node": "pack"}, {"share": r.HALF}):
        with pytest.raises(DatabaseError, match="只能撤回"), transaction.atomic():
            Placement.objects.update(**change)
    with pytest.raises(DatabaseError, match="只能撤回"), transaction.atomic():
        Placement.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused_and_the_shares_stay_whole(
    actor, make_user, at_the_same_time
):
    firm, user = r.firm(), make_user("fuhe")
    place(actor=actor, user=user, enterprise=firm, parts={r.CELL: r.ONE}, valid_from=r.MARCH,
          now=r.NOW)  # fmt: skip
    seen = last_change(firm).pk

    def once() -> str:
        try:
            place(actor=actor, user=user, enterprise=firm, parts={r.PACK: r.ONE}, seen=seen,
                  valid_from=r.MAY, now=r.NOW)  # fmt: skip
        except Refused as refusal:
            return refusal.reason.zh[:2]
        return "done"

    assert sorted(at_the_same_time(2, once)) == ["done", "已由"]
    assert stands(firm, r.MAY) == {r.PACK: 1}


keys = st.tuples(st.sampled_from(["a", "b"]), st.text("xyz", min_size=1, max_size=3))


@example(
    {("a", "w"): 1.0, ("a", "z"): 1.0, ("a", "v"): 43071.0, ("a", "u"): 999992.0,
     ("a", "t"): 650898.0, ("a", "s"): 456493.0, ("a", "x"): 0.03125}
)  # fmt: skip
@given(st.dictionaries(keys, st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=9))
def test_a_split_by_weights_is_always_a_whole(weights):
    shares = split(weights)
    assert not shares or sum(shares.values()) == 1
    assert all(share > 0 for share in shares.values())


@given(st.lists(keys, min_size=1, max_size=9, unique=True))
def test_an_even_split_is_a_whole_and_even(several):
    shares = equal_split(several)
    assert sum(shares.values()) == 1
    assert max(shares.values()) - min(shares.values()) < Decimal("0.000001")
