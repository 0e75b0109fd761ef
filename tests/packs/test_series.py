"""The dictionary: one word means one indicator, and scopes are not mixed."""

from pathlib import Path

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.loading import NATIONAL
from openzone.packs.series import load_indicators

WORDS = {
    one: indicator.id
    for indicator in load_indicators(None).indicators
    for one in (indicator.label.text.zh, *indicator.aliases)
}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("规模以上工业总产值", "全部工业总产值"), ("规上工业增加值", "全部工业增加值"),
        ("一般公共预算收入", "财政总收入"), ("工业用电量", "全社会用电量"),
        ("工业投资", "制造业投资"), ("入驻企业", "市场主体"), ("用地面积", "规划面积"),
    ],
)  # fmt: skip
def test_figures_of_two_scopes_are_two_indicators(one: str, other: str) -> None:
    assert WORDS[one] != WORDS[other]


@pytest.mark.parametrize("name", ["gdp", "industrial_value_added", "all_industry_value_added"])
def test_growth_of_gdp_and_value_added_is_at_comparable_prices(name: str) -> None:
    assert not load_indicators(None).definitions[name].nominal


def test_a_name_that_two_indicators_go_by_is_refused(tmp_path: Path) -> None:
    text = (NATIONAL / "indicators.yaml").read_text("utf-8")
    (tmp_path / "indicators.yaml").write_text(
        text.replace("aliases: [财政收入]", "aliases: [税收收入]"), "utf-8"
    )
    with pytest.raises(PackError, match="税收收入"):
        load_indicators(tmp_path)
