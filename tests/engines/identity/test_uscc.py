import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from openzone.engines.identity import uscc
from openzone.engines.identity.uscc import InvalidCreditCode

# Published or recomputed by hand from GB 32100-2015.
PUBLISHED = [
    "91110108551385082Q",
    "91110000600037341L",
    "53640000MJX173680A",
    "53640000MJX173672F",
]
REMAINDER_ZERO = ["915101007812865730", "915101003607598380", "915101001107043400"]
INNER_CHECK_X = "9151010000000006XE"

divisions = st.text("0123456789", min_size=6, max_size=6)
organisations = st.text(uscc.ALPHABET, min_size=8, max_size=8)
prefixes = st.sampled_from(sorted(uscc.CATEGORIES))
codes = st.builds(lambda p, d, o: uscc.make(p[0], p[1], d, o), prefixes, divisions, organisations)


@pytest.mark.parametrize("code", [*PUBLISHED, *REMAINDER_ZERO, INNER_CHECK_X])
def test_accepts_the_known_codes(code: str) -> None:
    parsed = uscc.parse(code)
    assert parsed.code == code
    assert parsed.warnings == ()


@pytest.mark.parametrize("code", REMAINDER_ZERO)
def test_remainder_zero_gives_the_check_character_zero(code: str) -> None:
    assert uscc.check_character(code[:17]) == "0"


def test_the_parts_of_an_enterprise_code() -> None:
    parsed = uscc.parse("91110108551385082Q")
    assert parsed.department.zh.startswith("市场监管")
    assert (parsed.category.zh, parsed.category.en) == ("企业", "enterprise")
    assert parsed.division == "110108"
    assert parsed.organisation == "551385082"
    assert parsed.check == "Q"


def test_the_parts_of_a_foundation_code() -> None:
    parsed = uscc.parse("53640000MJX173680A")
    assert (parsed.department.zh, parsed.category.zh) == ("民政", "基金会")


@pytest.mark.parametrize(
    "typed", ["91110108551385082q", " 9111 0108 5513 85082Q\n", "91110108\u00a0551385082Q"]
)
def test_lower_case_and_blanks_are_stored_compact(typed: str) -> None:
    assert uscc.parse(typed).code == "91110108551385082Q"


@pytest.mark.parametrize("letter", "IOSVZ")
def test_the_five_unused_letters_are_named_with_their_position(letter: str) -> None:
    with pytest.raises(InvalidCreditCode) as caught:
        uscc.parse("9111010855138508" + letter.lower() + "Q")
    reason = caught.value.reason
    assert f"第17位是字母{letter}" in reason.zh
    assert f"character 17 is the letter {letter}" in reason.en


def test_suggests_the_digit_when_a_letter_was_typed_for_it() -> None:
    with pytest.raises(InvalidCreditCode) as caught:
        uscc.parse("9111O1O8551385082Q")
    assert caught.value.suggestion == "91110108551385082Q"


def test_suggests_nothing_when_no_reading_passes_the_check() -> None:
    with pytest.raises(InvalidCreditCode) as caught:
        uscc.parse("9111O108551385082A")
    assert caught.value.suggestion is None


def test_full_width_is_refused_and_the_half_width_form_suggested() -> None:
    with pytest.raises(InvalidCreditCode) as caught:
        uscc.parse("９１１１０１０８５５１３８５０８２ｑ")
    assert "全角" in caught.value.reason.zh
    assert "full-width" in caught.value.reason.en
    assert caught.value.suggestion == "91110108551385082Q"


@pytest.mark.parametrize("length", [1, 17, 19])
def test_a_wrong_length_is_told(length: int) -> None:
    with pytest.raises(InvalidCreditCode) as caught:
        uscc.parse("91110108551385082Q1"[:length])
    assert f"实际{length}位" in caught.value.reason.zh


@pytest.mark.parametrize("nothing", ["", "  ", "\n"])
def test_an_empty_field_is_told(nothing: str) -> None:
    with pytest.raises(InvalidCreditCode, match="未填写"):
        uscc.parse(nothing)


@pytest.mark.parametrize("symbol", ["-", "中", "²", "ﬀ", "ß", "٣", "\u200b"])
def test_other_characters_are_named(symbol: str) -> None:
    with pytest.raises(InvalidCreditCode, match="第2位"):
        uscc.parse("9" + symbol + "110108551385082Q")


def test_a_wrong_check_character_names_the_expected_one() -> None:
    with pytest.raises(InvalidCreditCode) as caught:
        uscc.parse("91110108551385082A")
    assert "第18位应为Q，实际为A" in caught.value.reason.zh


def test_the_division_must_be_digits() -> None:
    body = "911101A8551385082"
    with pytest.raises(InvalidCreditCode, match="1101A8"):
        uscc.parse(body + uscc.check_character(body))


def test_an_inner_check_failure_is_only_a_warning() -> None:
    body = "91110108551385083"
    parsed = uscc.parse(body + uscc.check_character(body))
    (warning,) = parsed.warnings
    assert "应为2，实际为3" in warning.zh
    assert "should end in 2, not 3" in warning.en


def test_a_department_the_standard_does_not_list_is_only_a_warning() -> None:
    body = "31110000MD0000000"
    body = body[:16] + uscc.organisation_check_character(body[8:16])
    parsed = uscc.parse(body + uscc.check_character(body))
    assert "31" in parsed.warnings[0].zh
    assert parsed.department.zh == "未列明（3）"


def test_make_rebuilds_a_published_code() -> None:
    assert uscc.make("9", "1", "110108", "55138508") == "91110108551385082Q"


def test_make_gives_the_inner_check_x() -> None:
    assert uscc.make("9", "1", "510100", "00000006") == INNER_CHECK_X


@pytest.mark.parametrize(
    ("division", "organisation"),
    [("11010", "55138508"), ("110108", "5513850"), ("110108", "I2345678")],
)
def test_make_refuses_ill_formed_parts(division: str, organisation: str) -> None:
    with pytest.raises(InvalidCreditCode):
        uscc.make("9", "1", division, organisation)


@pytest.mark.parametrize("first17", ["9111010855138508", "9111010855138508I", "9111010855138508q"])
def test_check_character_refuses_what_is_no_first_seventeen(first17: str) -> None:
    with pytest.raises(InvalidCreditCode):
        uscc.check_character(first17)


@given(codes)
def test_what_make_builds_parses_without_warnings(code: str) -> None:
    parsed = uscc.parse(code)
    assert parsed.warnings == ()
    assert str(parsed) == code


@given(codes, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_every_single_substitution_is_caught(code: str, position: int, symbol: str) -> None:
    changed = code[:position] + symbol + code[position + 1 :]
    assert uscc.is_valid(changed) == (changed == code)


@given(codes, st.integers(0, 16))
def test_every_swap_of_neighbours_is_caught(code: str, at: int) -> None:
    changed = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert uscc.is_valid(changed) == (changed == code)


@given(st.text(max_size=20) | st.text("0123456789ABCXY ", min_size=16, max_size=19))
def test_any_text_is_valid_or_refused_with_a_bilingual_reason(text: str) -> None:
    if uscc.is_valid(text):
        code = uscc.parse(text).code
        assert code.isascii()
        assert len(code) == 18
    else:
        with pytest.raises(InvalidCreditCode) as caught:
            uscc.parse(text)
        assert caught.value.reason.zh
        assert caught.value.reason.en


digit_prefixes = st.sampled_from([prefix for prefix in sorted(uscc.CATEGORIES) if prefix.isdigit()])


@given(
    st.builds(lambda p, d, o: uscc.make(p[0], p[1], d, o), digit_prefixes, divisions, organisations)
)
def test_python_stdnum_accepts_what_make_builds(code: str) -> None:
    assert stdnum_uscc.validate(code) == code


@given(digit_prefixes, divisions, st.text(uscc.ALPHABET, min_size=10, max_size=10))
def test_python_stdnum_agrees_on_validity(prefix: str, division: str, rest: str) -> None:
    code = prefix + division + rest
    assert uscc.is_valid(code) == stdnum_uscc.is_valid(code)


@given(digit_prefixes, divisions, st.text(uscc.ALPHABET, min_size=9, max_size=9))
def test_python_stdnum_computes_the_same_check_character(
    prefix: str, division: str, rest: str
) -> None:
    first17 = prefix + division + rest
    assert uscc.check_character(first17) == stdnum_uscc.calc_check_digit(first17)
