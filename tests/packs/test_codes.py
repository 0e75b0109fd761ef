"""Industries and divisions are read the way offices write them, and refused with a reason."""

import pytest

from openzone.packs.codes import check_division, check_industry


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("C3841", "C3841"),
        ("3841", "C3841"),
        (" c38 ", "C38"),
        ("C3841 锂离子电池制造", "C3841"),
        ("锂离子电池制造(3841)", "C3841"),
        ("锂离子电池制造[C3841]", "C3841"),
        ("3841锂离子电池制造", "C3841"),
        ("C38电气机械和器材制造业", "C38"),
        ("38-电气机械和器材制造业", "C38"),
    ],
)
def test_an_industry_by_code_with_or_without_its_name(written: str, code: str) -> None:
    assert check_industry(written).code == code


def test_an_industry_by_its_exact_name() -> None:
    assert check_industry("批发业").code == "F51"


@pytest.mark.parametrize(
    "written", ["C9999", "D3841", "电池", "38412", "？", "100强企业", "2024年新设", ""]
)
def test_no_industry(written: str) -> None:
    verdict = check_industry(written)
    assert verdict.code is None
    assert verdict.reason is not None
    assert verdict.reason.zh
    assert verdict.reason.en


@pytest.mark.parametrize(
    ("written", "code"),
    [("340104", "340104"), ("合肥市", "340100"), ("安徽省合肥市蜀山区", "340104")],
)
def test_a_division_by_code_or_name(written: str, code: str) -> None:
    verdict = check_division(written)
    assert (verdict.code, verdict.reason) == (code, None)


def test_a_division_name_that_several_bear_asks_for_the_code() -> None:
    verdict = check_division("鼓楼区")
    assert verdict.code is None
    assert verdict.reason is not None
    assert "320106" in verdict.reason.zh
    assert verdict.suggestion is not None


@pytest.mark.parametrize("written", ["亚特兰蒂斯", "34010", "990000"])
def test_no_division(written: str) -> None:
    assert check_division(written).code is None


def test_a_county_the_table_lacks_is_kept_and_doubted() -> None:
    verdict = check_division("340199")
    assert verdict.code == "340199"
    assert verdict.reason is not None
    assert "合肥市" in verdict.reason.zh
