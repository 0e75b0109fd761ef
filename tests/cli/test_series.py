"""``openzone series derive``: what follows from published figures, or every reason why not."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

FIGURES = (
    "指标,对象,期间,数值,单位,同比,年度目标\n"
    "到位资金,示例市,2022年上半年,157.6,亿元,,284\n"
    "外商直接投资,示例市,2022年上半年,1590,万美元,,700\n"
    "规上工业产值,示例市,2022年1-4月,58.4,亿元,31.2%,\n"
    "规上工业产值,示例市,2022年1-5月,77.7,亿元,28.5%,\n"
    "新型储能产业产值,示例区,2023年1-5月,108.2,亿元,232%,\n"
)


def write(text: str, name: str = "figures.csv") -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


def test_a_column_that_is_not_read_is_named(run: Command) -> None:
    answer = run(
        "series", "derive", write("指标,期间,数值,单位,说明\n到位资金,2026,1,亿元,示例\n"), "--json"
    )
    assert json.loads(answer.out)["flags"] == []
    assert "the column “说明” is not known and was not read" in answer.err


def test_what_follows_has_its_formula_and_its_sources(run: Command) -> None:
    found = json.loads(run("series", "derive", write(FIGURES), "--json").out)
    lines = {one["series"]: one for one in found["series"]}
    assert lines["funds_in_place"]["name"]["zh"] == "到位资金"
    derived = {
        (one["series"], one["kind"]): one for line in lines.values() for one in line["derived"]
    }
    assert derived["funds_in_place", "completion"]["value"] == 55.49
    assert derived["foreign_capital", "completion"]["value"] == 227.14
    month = derived["industrial_output", "month"]
    assert (month["period"], month["value"], month["unit"]) == ("2022-05", 1_930_000_000, "元")
    assert [one["period"] for one in month["of"]] == ["2022-01/2022-05", "2022-01/2022-04"]
    assert set(month["formula"]) == {"zh", "en"}
    assert derived["新型储能产业产值", "multiple"]["value"] == 3.32
    assert found["together"][0]["kind"] == "all_over_half"
    assert found["flags"] == []


def test_people_get_lines(run: Command) -> None:
    said = run("series", "derive", write(FIGURES)).out
    assert "completion 2022-01/2022-06 55.49%" in said


def test_flags_say_what_to_ask_about(run: Command) -> None:
    path = write("指标,期间,数值\n产值,2026年1-4月,50\n产值,2026年1-5月,49\n")
    [flag] = json.loads(run("series", "derive", path, "--json").out)["flags"]
    assert (flag["kind"], flag["period"]) == ("decreasing_cumulative", "2026-01/2026-05")
    assert flag["reason"]["en"] == (
        "the cumulative figure falls from 2026-01/2026-04 to 2026-01/2026-05"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("指标,期间,数值\n产值,去年,5\n", "row 2, column period: “去年” is no period"),
        ("指标,期间,数值\n产值,2026,很多\n", "row 2, column value"),
        ("指标,期间,数值\n", "no"),
        ("甲,乙\n1,2\n", "figures.csv"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_derived(
    run: Command, text: str, said: str
) -> None:
    answer = run("series", "derive", write(text), "--json")
    assert (answer.code, answer.out, said in answer.err) == (2, "", True), answer.err


def test_a_file_that_is_not_there(run: Command) -> None:
    answer = run("series", "derive", "nowhere.csv", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "nowhere.csv" in answer.err
