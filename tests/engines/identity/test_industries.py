import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.identity.industries import Industries, InvalidIndustry
from openzone.packs import tables


def test_ships_all_sections_and_divisions(industries: Industries) -> None:
    codes = [str(code) for code in industries]
    assert [code for code in codes if len(code) == 1] == list("ABCDEFGHIJKLMNOPQRST")
    assert [code[1:] for code in codes if len(code) == 3] == [f"{n:02}" for n in range(1, 98)]


def test_sections_follow_each_other_in_the_order_of_their_divisions(industries: Industries) -> None:
    letters = [str(code)[0] for code in industries if len(str(code)) == 3]
    assert letters == sorted(letters)


@pytest.mark.parametrize(
    ("section", "first", "last"),
    [("A", "01", "05"), ("B", "06", "12"), ("C", "13", "43"), ("D", "44", "46"), ("T", "97", "97")],
)
def test_where_sections_begin_and_end(
    industries: Industries, section: str, first: str, last: str
) -> None:
    held = [code.digits for code in industries if code.section == section and len(code.digits) == 2]
    assert (held[0], held[-1]) == (first, last)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("3841", "锂离子电池制造"), ("3985", "电子专用材料制造"), ("3213", "镍钴冶炼"),
        ("3091", "石墨及碳素制品制造"), ("2921", "塑料薄膜制造"), ("3218", "硅冶炼"),
        ("3825", "光伏设备及元器件制造"), ("3041", "平板玻璃制造"), ("3042", "特种玻璃制造"),
        ("3812", "电动机制造"), ("3824", "电力电子元器件制造"), ("3973", "集成电路制造"),
        ("3821", "变压器、整流器和电感器制造"), ("3962", "智能车载设备制造"),
        ("3911", "计算机整机制造"), ("3915", "信息安全设备制造"), ("3972", "半导体分立器件制造"),
        ("3611", "汽柴油车整车制造"), ("3612", "新能源车整车制造"), ("3620", "汽车用发动机制造"),
    ],
)  # fmt: skip
def test_the_classes_the_packs_name_are_there(industries: Industries, code: str, name: str) -> None:
    parsed = industries.parse(code)
    assert (parsed.name, parsed.known) == (name, True)


@pytest.mark.parametrize("text", ["C3841", "3841", "c3841", "C 3841", " c 38 41 "])
def test_letter_blanks_and_case_do_not_matter(industries: Industries, text: str) -> None:
    assert str(industries.parse(text)) == "C3841"


def test_the_letter_comes_from_the_division(industries: Industries) -> None:
    assert industries.parse("6513").section == "I"
    assert industries.parse("C 38").digits == "38"
    assert industries.parse("c").name == "制造业"


def test_a_wrong_letter_is_told(industries: Industries) -> None:
    with pytest.raises(InvalidIndustry) as caught:
        industries.parse("D3841")
    assert "大类38属于门类C，不属于D" in caught.value.reason.zh
    assert "belongs to section C, not D" in caught.value.reason.en


@pytest.mark.parametrize("text", ["98", "C00", "0012", "9999"])
def test_a_division_that_does_not_exist_is_told(industries: Industries, text: str) -> None:
    with pytest.raises(InvalidIndustry, match="不是国民经济行业大类"):
        industries.parse(text)


@pytest.mark.parametrize(
    "text", ["", " ", "3", "C3", "38411", "C-38", "制造业", "３８４１", "38.4"]
)
def test_what_is_no_code_is_told(industries: Industries, text: str) -> None:
    with pytest.raises(InvalidIndustry, match="不是国民经济行业代码"):
        industries.parse(text)


@pytest.mark.parametrize("letter", ["U", "Z"])
def test_a_section_that_does_not_exist_is_told(industries: Industries, letter: str) -> None:
    with pytest.raises(InvalidIndustry, match="没有门类"):
        industries.parse(letter)


def test_a_class_the_table_lacks_is_accepted_as_unknown(industries: Industries) -> None:
    parsed = industries.parse("1310")
    assert (str(parsed), parsed.known, parsed.name) == ("C1310", False, "农副食品加工业")


def test_the_edition_goes_with_every_code(industries: Industries) -> None:
    assert industries.parse("C3841").edition == industries.edition == "2017 (2019 amendment)"


@pytest.mark.parametrize(
    ("code", "prefix", "expected"),
    [
        ("C3841", "C", True),
        ("3841", "C38", True),
        ("C3841", "384", True),
        ("3841", "3841", True),
        ("3841", "385", False),
        ("38", "3841", False),
        ("6513", "C", False),
        ("C", "C38", False),
    ],
)
def test_is_under(industries: Industries, code: str, prefix: str, expected: bool) -> None:
    assert industries.is_under(code, prefix) is expected


def test_is_under_refuses_a_prefix_that_is_no_code(industries: Industries) -> None:
    with pytest.raises(InvalidIndustry):
        industries.is_under("3841", "D38")


@given(st.integers(1, 97), st.text("0123456789", max_size=2))
def test_every_code_is_under_its_own_division_and_section(division: int, rest: str) -> None:
    industries = tables.load_industries()
    code = industries.parse(f"{division:02}{rest}")
    assert industries.is_under(str(code), code.section)
    assert industries.is_under(code.digits, f"{division:02}")
    assert industries.parse(str(code)) == code


def test_every_row_says_how_far_it_was_checked() -> None:
    assert {row["verified"] for row in tables._rows("industries.csv")} == {"V2", "K"}
