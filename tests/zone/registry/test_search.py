"""An enterprise is found by whatever a person remembers of it."""

import datetime as dt

import pytest

from openzone.zone.registry.enums import NameKind
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.searchtext import normal, pinyin_of, search_text, terms
from openzone.zone.registry.selectors.search import search
from openzone.zone.registry.services.enterprises import add_name, rename_enterprise
from tests.factories import TESTS, make_enterprise, make_uscc, state

MARCH = dt.date(2026, 3, 31)


@pytest.fixture
def firm(db: None) -> Enterprise:
    made = make_enterprise(
        "合肥晶能电池科技有限公司",
        short_name="晶能电池",
        uscc=make_uscc(20_001),
        external_id="GX-0042",
    )
    add_name(actor=TESTS, enterprise=made, name="合肥小舟新能源厂", kind=NameKind.FORMER)
    add_name(actor=TESTS, enterprise=made, name="Jingneng Battery", kind=NameKind.ENGLISH)
    state(made, MARCH, address="高新区望江西路 800 号")
    make_enterprise("芜湖示例机械有限公司")
    return made


@pytest.mark.parametrize(
    "query",
    [
        "合肥晶能电池科技有限公司",
        "晶能",
        "电池 合肥",
        "小舟",
        "jndc",
        "hfjndckj",
        "jingneng",
        "JingNeng",
        "hfxzxny",
        "jingneng battery",
        "gx-0042",
        "ＧＸ－0042",
        "020001",
        "望江西路800号",
        "望江西路 800",
        " 晶能　电池 ",
    ],
)
def test_it_is_found_by(query: str, firm: Enterprise) -> None:
    assert list(search(query)) == [firm]


@pytest.mark.parametrize(
    "query", ["晶能 芜湖", "%", "_", "晶%电池", "\\", "\x00晶x", "hfkj", "号gx"]
)
def test_it_is_not_found_by(query: str, firm: Enterprise) -> None:
    assert firm not in search(query)


def test_an_empty_query_finds_everything_in_the_order_of_the_record(firm: Enterprise) -> None:
    assert list(search("  ")) == list(Enterprise.objects.order_by("pk"))


def test_whole_names_come_before_beginnings_and_those_before_the_rest(db: None) -> None:
    inside = make_enterprise("合肥晶能")
    beginning = make_enterprise("晶能电池科技有限公司")
    whole = make_enterprise("安徽示例长名称电池有限公司", short_name="晶能")
    assert list(search("晶能")) == [whole, beginning, inside]


def test_shorter_names_come_before_longer_ones(db: None) -> None:
    longer = make_enterprise("晶能电池科技(合肥)有限公司")
    shorter = make_enterprise("晶能科技有限公司")
    assert list(search("晶能")) == [shorter, longer]


def test_after_a_change_of_name_both_names_find_it(firm: Enterprise) -> None:
    rename_enterprise(actor=TESTS, enterprise=firm, name="合肥星舟电池有限公司", first_day=MARCH)
    assert list(search("星舟")) == list(search("晶能")) == [firm]


def test_a_new_address_takes_the_place_of_the_old_one(firm: Enterprise) -> None:
    state(firm, dt.date(2026, 6, 30), address="经开区繁华大道 1 号")
    assert list(search("繁华大道")) == [firm]
    assert not search("望江西路")


def test_a_page_of_pasted_text_is_cut_to_a_few_words() -> None:
    assert len(terms("字 " * 10_000)) <= 8


@pytest.mark.parametrize(
    ("name", "initials", "full"),
    [
        ("合肥经开区", "hfjkq", "hefeijingkaiqu"),
        ("重庆长安", "cqca", "chongqingchangan"),
        ("ABC科技", "abckj", "abckeji"),
        ("3D打印", "3ddy", "3ddayin"),
    ],
)
def test_pinyin(name: str, initials: str, full: str) -> None:
    assert pinyin_of(normal(name)) == (initials, full)


def test_names_without_chinese_have_no_pinyin() -> None:
    assert pinyin_of("battery") == ()


def test_lines_are_kept_apart_and_written_once() -> None:
    assert search_text(["甲", "甲"], ["", "91"]) == "\n甲\n91\nj\njia\n"
    assert search_text([], [""]) == ""
