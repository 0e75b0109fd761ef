from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import numdb

from openzone.engines.identity.divisions import Division, Divisions, InvalidDivision, covers
from openzone.packs import tables

SOURCE_PLACES = {
    "510183": "邛崃市", "420800": "荆门市", "441200": "肇庆市", "320583": "昆山市",
    "610100": "西安市", "610300": "宝鸡市", "330400": "嘉兴市", "610403": "杨陵区",
    "511100": "乐山市", "511113": "金口河区", "510600": "德阳市", "431000": "郴州市",
    "120116": "滨海新区", "220681": "临江市", "530181": "安宁市", "370883": "邹城市",
    "340104": "蜀山区", "350213": "翔安区", "500152": "潼南区", "510900": "遂宁市",
}  # fmt: skip
# Prefecture-level divisions per province; 333 in all, municipalities have none.
PREFECTURES = {
    "13": 11, "14": 11, "15": 12, "21": 14, "22": 9, "23": 13, "32": 13, "33": 11, "34": 16,
    "35": 9, "36": 11, "37": 16, "41": 17, "42": 13, "43": 14, "44": 21, "45": 14, "46": 4,
    "51": 21, "52": 9, "53": 16, "54": 7, "61": 10, "62": 14, "63": 8, "64": 5, "65": 14,
}  # fmt: skip
# Ours follows the list of 2023-12-31; the comparison table lacks the first two and already
# has the merger of the last two into 两江新区.
KNOWN_DIFFERENCES = {"330113", "330114", "500105", "500112"}


def test_ships_34_provinces_and_333_prefectures(divisions: Divisions) -> None:
    levels = Counter(division.level for division in divisions)
    assert (levels["province"], levels["prefecture"]) == (34, 333)


def test_every_province_has_its_number_of_prefectures(divisions: Divisions) -> None:
    counted = Counter(d.code[:2] for d in divisions if d.level == "prefecture")
    assert counted == PREFECTURES


@pytest.mark.parametrize(("code", "name"), SOURCE_PLACES.items())
def test_the_places_of_the_sources_are_there(divisions: Divisions, code: str, name: str) -> None:
    division = divisions.get(code)
    assert (division.name, division.known) == (name, True)


def test_no_code_occurs_twice() -> None:
    rows = tables._rows("divisions.csv")
    assert len({row["code"] for row in rows}) == len(rows)


def test_every_division_lies_in_one_that_is_shipped(divisions: Divisions) -> None:
    orphans = [
        d.code for d in divisions if d.level != "province" and divisions.parent(d.code) is None
    ]
    assert orphans == []


def test_no_two_divisions_of_one_parent_share_a_name(divisions: Divisions) -> None:
    pairs = Counter((divisions.parent(d.code), d.name) for d in divisions)
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_names_agree_with_an_independent_table(divisions: Divisions) -> None:
    reference = numdb.get("cn/loc")
    different = set()
    for division in divisions:
        if division.level == "county":
            listed = reference.info(division.code)[-1][1].get("county", "")
            if division.name not in _current_names(listed):
                different.add(division.code)
    assert different == KNOWN_DIFFERENCES


def _current_names(listed: str) -> list[str]:
    """Names without an end year: "[1983-2019]桥东区,[2020-]襄都区" gives 襄都区."""
    spans = (part.rpartition("]") for part in listed.split(","))
    return [name for years, _, name in spans if not years or years.endswith("-")]


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("510183", "510100"),
        ("510100", "510000"),
        ("510000", None),
        ("500152", "500000"),  # a municipality's district
        ("120116", "120000"),
        ("429004", "420000"),  # 仙桃, held directly by the province
    ],
)
def test_parent(divisions: Divisions, code: str, parent: str | None) -> None:
    assert divisions.parent(code) == parent


def test_full_name_runs_from_the_province_down(divisions: Divisions) -> None:
    assert divisions.full_name("510183") == "四川省成都市邛崃市"
    assert divisions.full_name("500152") == "重庆市潼南区"


@pytest.mark.parametrize(
    ("ancestor", "code", "expected"),
    [
        ("510000", "510183", True),
        ("510100", "510183", True),
        ("510183", "510183", True),
        ("510183", "510100", False),
        ("500000", "500152", True),
        ("510600", "510183", False),
        ("510100", "510199", True),  # unknown, but its digits say where it lies
    ],
)
def test_covers(divisions: Divisions, ancestor: str, code: str, expected: bool) -> None:
    assert divisions.covers(ancestor, code) is expected


def test_an_unknown_county_is_answered_with_its_prefecture(divisions: Divisions) -> None:
    division = divisions.get("510199")
    assert (division.name, division.known, division.level) == ("成都市", False, "county")
    assert not division.statistical


def test_an_abolished_county_is_answered_with_its_prefecture(divisions: Divisions) -> None:
    assert divisions.name("330103") == "杭州市"  # 下城区, until 2021


def test_an_unknown_province_has_no_name_and_no_error(divisions: Divisions) -> None:
    assert divisions.get("990000") == Division("990000", "", "province", known=False)


@pytest.mark.parametrize("code", ["130271", "510174"])
def test_a_zone_code_of_statistical_lists_is_flagged(divisions: Divisions, code: str) -> None:
    division = divisions.get(code)
    assert (division.statistical, division.known) == (True, False)
    assert division.name in {"唐山市", "成都市"}


def test_no_shipped_division_carries_a_zone_code(divisions: Divisions) -> None:
    assert [d.code for d in divisions if d.code[4:] in {"71", "72", "73", "74"}] == []


def test_a_zone_is_not_found_as_a_division(divisions: Divisions) -> None:
    assert divisions.find("成都高新区") == ()


@pytest.mark.parametrize("text", ["", "51018", "5101830", "51018X", "５１０１８３"])
def test_a_malformed_code_is_told(divisions: Divisions, text: str) -> None:
    with pytest.raises(InvalidDivision, match="不是6位数字"):
        divisions.get(text)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("邛崃", ["510183"]),
        ("邛崃市", ["510183"]),
        ("四川省成都市邛崃市", ["510183"]),
        ("四川 邛崃", ["510183"]),
        ("吉林", ["220000", "220200"]),
        ("北京市朝阳区", ["110105"]),
        ("杨凌", ["610403"]),
        ("凉山州", ["513400"]),
        ("内蒙古", ["150000"]),
        ("不存在市", []),
        ("", []),
    ],
)
def test_find(divisions: Divisions, name: str, codes: list[str]) -> None:
    assert [division.code for division in divisions.find(name)] == codes


def test_children_are_the_divisions_directly_below(divisions: Divisions) -> None:
    assert "500152" in {d.code for d in divisions.children("500000")}
    assert {d.code for d in divisions.children("510000")} == {
        d.code for d in divisions if d.code.startswith("51") and d.level == "prefecture"
    }


@given(st.sampled_from(sorted(d.code for d in tables.load_divisions())))
def test_every_ancestor_covers_and_is_found_by_its_full_name(code: str) -> None:
    divisions = tables.load_divisions()
    around = divisions.parent(code)
    while around:
        assert covers(around, code)
        assert not covers(code, around)
        around = divisions.parent(around)
    assert code in {division.code for division in divisions.find(divisions.full_name(code))}


@given(st.text("0123456789", min_size=6, max_size=6))
def test_six_digits_are_never_an_error(code: str) -> None:
    divisions = tables.load_divisions()
    assert divisions.get(code).code == code
    assert isinstance(divisions.full_name(code), str)


def test_place_names_leave_out_everyday_words(divisions: Divisions) -> None:
    places = divisions.place_names()
    assert "东方" not in places  # a county-level city and a brand
    assert places["东方市"] == ("469007",)
    assert places["吉林"] == ("220000",)
    assert places["长沙"] == ("430100",)
    assert places["杨凌"] == ("610403",)


def test_the_edition_is_stated(divisions: Divisions) -> None:
    assert divisions.edition == "2023-12-31"
