"""Who heads a chain since when, and lists of other zones: whole, or not at all."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from openzone.zone.audit.models import Event
from openzone.zone.chains.models import ChainFocus, PeerList, PeerPlacement, PeerZone
from openzone.zone.chains.selectors.board import board, focus_on
from openzone.zone.chains.selectors.peers import lists, read_peer
from openzone.zone.chains.services.focus import choose_chain, drop_chain
from openzone.zone.chains.services.peers import import_peer, withdraw_peer
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from tests.zone.chains.placed import CHAIN, TESTS

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2026, 3, 2), dt.date(2026, 5, 6)
ROWS = "企业名称,链条环节\n甲公司,正极材料\n甲公司,cell\n乙公司,负极材料\n"


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user("boss")


def _choose(user: User, unit: Unit, head: str, on: dt.date, **given: Any) -> ChainFocus:
    return choose_chain(
        actor=TESTS, user=user, chain=CHAIN, head=head, unit=unit, on=on, now=timezone.now(),
        **given,
    )  # fmt: skip


def _import(user: User, rows: str = ROWS, **given: Any) -> PeerList:
    said = {"peer": "示例邻区", "chain": CHAIN, "source": "示例年鉴", "as_of": MARCH, **given}
    return import_peer(
        actor=TESTS, user=user, file_name="邻区.csv", data=rows.encode(), now=timezone.now(), **said
    )


def test_another_head_ends_the_one_before_on_that_day(user: User, office: Unit) -> None:
    _choose(user, office, "王副市长", MARCH, seen=0)
    _choose(user, office, "李副市长", MAY)
    heads = [focus_on(day)[CHAIN].head for day in (MARCH, MAY - dt.timedelta(days=1), MAY)]
    assert heads == ["王副市长", "王副市长", "李副市长"]
    assert focus_on(MARCH - dt.timedelta(days=1)) == {}
    assert Event.objects.filter(action="chains.focus.chosen").count() == 2


def test_a_chain_that_is_worked_on_stands_first(user: User, office: Unit) -> None:
    choose_chain(
        actor=TESTS, user=user, chain="titanium", head="王副市长", unit=office, on=MARCH,
        now=timezone.now(),
    )  # fmt: skip
    assert board(MAY)[0].reading.chain.id == "titanium"


def test_who_comes_second_is_told_who_was_first(user: User, office: Unit) -> None:
    first = _choose(user, office, "王副市长", MARCH, seen=0)
    with pytest.raises(Refused, match="已由boss于"):
        _choose(user, office, "李副市长", MAY, seen=0)
    drop_chain(actor=TESTS, user=user, focus=first, on=MAY, now=timezone.now())
    with pytest.raises(Refused, match="已由boss于"):
        _choose(user, office, "李副市长", MAY, seen=first.pk)
    with pytest.raises(Refused, match=f"已于 {MAY} 停止"):
        drop_chain(actor=TESTS, user=user, focus=first, on=MAY, now=timezone.now())
    assert focus_on(MAY) == {}


def test_no_head_from_a_day_to_come_or_before_the_present_one(user: User, office: Unit) -> None:
    with pytest.raises(Refused, match="还没有到"):
        _choose(user, office, "王副市长", dt.date(2099, 1, 1))
    _choose(user, office, "王副市长", MAY)
    with pytest.raises(Refused, match="应晚于现任"):
        _choose(user, office, "李副市长", MARCH)
    assert ChainFocus.objects.count() == 1


def test_a_list_is_read_like_ours_and_its_links_by_any_name(user: User) -> None:
    listing = _import(user)
    reading = read_peer(listing, MAY)
    assert set(reading.report.standing.firms) == {"cathode", "cell", "anode"}
    assert reading.names == {"甲公司": "甲公司", "乙公司": "乙公司"}
    assert PeerZone.objects.get().name == "示例邻区"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("企业名称,链条环节\n甲公司,月球\n", "第2行：“月球”不是“锂离子电池产业链”的环节"),
        ("企业名称,链条环节\n甲公司,电芯\n甲公司,cell\n", "第3行：甲公司在“cell”已列过"),
        ("企业名称,链条环节\n,电芯\n", "第2行"),
        ("企业名称,链条环节\n", "表头下面没有数据"),
        ("名字,别的\n甲,乙\n", "没有找到表头"),
    ],
)
def test_one_wrong_row_and_nothing_is_written(user: User, rows: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        _import(user, rows)
    assert not PeerList.objects.exists()
    assert not PeerPlacement.objects.exists()


def test_many_wrong_rows_are_told_up_to_ten_and_the_others_counted(user: User) -> None:
    rows = "企业名称,链条环节\n" + "".join(f"公司{n},月球\n" for n in range(14))
    with pytest.raises(Refused) as refusal:
        _import(user, rows)
    assert refusal.value.reason.zh.count("月球") == 10
    assert refusal.value.reason.zh.endswith("另有4行有误")


def test_a_list_taken_back_is_compared_with_no_longer(user: User) -> None:
    listing = _import(user)
    withdraw_peer(actor=TESTS, listing=listing, now=timezone.now())
    assert not lists(CHAIN).exists()
    with pytest.raises(Refused, match="已撤回"):
        withdraw_peer(actor=TESTS, listing=listing, now=timezone.now())
    with pytest.raises(Refused, match="还没有到"):
        _import(user, as_of=dt.date(2099, 1, 1))
