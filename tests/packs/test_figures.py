"""The published figures, and the results they must give (docs/benchmark-figures.md)."""

from decimal import Decimal
from pathlib import Path

import pytest

from openzone.engines.rules.problems import PackError
from openzone.engines.series.crosscheck import CheckResult, cross_checks
from openzone.packs.figures import FIGURES, load_figures

RESULTS = {result.id: result for result in cross_checks(load_figures())}

NUMBERS = [
    ("bj_funds_target", "284", "亿元"),
    ("bj_funds_share", "55.49", "%"),
    ("bj_fdi_target", "700", "万美元"),
    ("bj_fdi_share", "227.14", "%"),
    ("ss_completion", "78.57", "%"),
    ("ss_per_enterprise", "1.62", "个"),
    ("dy_in_scope", "365", "家"),
    ("ql_base_may", "16.65", "亿元"),
    ("ql_base_ytd", "60.47", "亿元"),
    ("zq_iva_rate", "16.85", "%"),
    ("zq_storage_base", "32.59", "亿元"),
    ("jm_base_2020", "199.56", "亿元"),
    ("jx_base_2021", "189.01", "亿元"),
    ("jx_top_a", "14.7", "%"),
    ("jx_top_b", "14.3", "%"),
    ("cd_average_loan", "420.7", "万元"),
    ("hf_grid_load", "124.6", "家"),
    ("hf_leader_load", "5.5", "家"),
    ("ks_per_session", "38.8", "人次"),
    ("ks_all_nominees", "12", "名"),
    ("zc_two_batches", "2133", "名"),
    ("ah_policies", "907", "项"),
]
STATEMENTS = [
    "bj_over_half",
    "ql_two_growths",
    "zc_populations",
    "zc_pay",
    "xn_duties",
    "bj_trips_not_cities",
]


@pytest.mark.parametrize(("name", "value", "unit"), NUMBERS)
def test_a_published_figure_gives_the_stated_result(name: str, value: str, unit: str) -> None:
    result = RESULTS[name]
    assert (result.computed, result.unit, result.agrees) == (Decimal(value), unit, True)


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_about_published_figures_holds(name: str) -> None:
    assert RESULTS[name].computed is True
    assert RESULTS[name].agrees


def test_every_check_is_expected_here() -> None:
    assert set(RESULTS) == {name for name, *_ in NUMBERS} | set(STATEMENTS)


@pytest.mark.parametrize(
    ("name", "approx"), [("dy_in_scope", True), ("ks_per_session", True), ("zq_iva_rate", False)]
)
def test_a_result_of_an_approximate_figure_is_approximate(name: str, approx: bool) -> None:
    assert RESULTS[name].approx is approx


def test_a_result_says_where_it_is_from_and_how_it_comes_about() -> None:
    result: CheckResult = RESULTS["zq_storage_base"]
    assert result.place.zh == "肇庆"
    assert result.formula.en == "current ÷ (1 + growth)"
    assert result.inputs == ("zq_storage", "zq_storage_yoy")


def test_every_figure_keeps_its_wording_and_document() -> None:
    for figure in load_figures().figures:
        assert figure.wording
        assert figure.document


def test_a_figure_names_the_row_of_its_document() -> None:
    baoji = {figure.row for figure in load_figures().figures if figure.place.zh == "宝鸡"}
    assert baoji == {"BJ-01", "BJ-03"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('value: "157.6"', "value: 157.6", "write the figure in quotes"),
        ("id: bj_fdi,", "id: bj_funds,", "id bj_funds is used twice"),
        ("source: deyang", "source: nowhere", "sources has no nowhere"),
        ("of: [hf_key, hf_leaders]", "of: [hf_key, hf_chiefs]", "is called hf_chiefs"),
        ("formula: total", "formula: totally", "no formula totally"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = FIGURES.read_text("utf-8")
    assert old in text
    path = tmp_path / "figures.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PackError, match=reason):
        load_figures(path)
