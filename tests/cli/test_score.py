"""``openzone score``: points by published formulas from a table as offices keep it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

TABLE = (
    "企业名称,分组,用地面积(亩),评价税收(万元),工业增加值(万元),综合能耗(吨标煤),主要污染物排放量,年平均职工人数,"
    "研发费用(万元),主营业务收入(万元),用电量(万千瓦时),一票否决\n"
    "示例甲,规上,10,240.97,1361.6,505.419450631774,0.276197256284035,75.060639470783,302,10000,,\n"
    "示例乙,规上,10,120.485,1361.6,505.419450631774,,75.060639470783,302,10000,,\n"
    "示例丙,规下,10,115.932,,,,,,,492.908163265306,\n"
    "示例丁,规上,,100,,,,,,,,\n"
)


def write(text: str, name: str = "enterprises.csv") -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


def test_who_stands_at_the_published_bases_has_a_hundred_points(run: Command) -> None:
    answer = run("score", write(TABLE), "--pack", "huangyan_2022", "--json")
    found = {one["name"]: one for one in json.loads(answer.out)["enterprises"]}
    assert found["示例甲"]["score"] == pytest.approx(100, abs=1e-4)
    assert found["示例乙"]["score"] == pytest.approx(85, abs=1e-4)  # half the tax: 15 of 30
    assert [one["averaged"] for one in found["示例乙"]["items"]].count(True) == 1
    assert found["示例丙"]["score"] == pytest.approx(100, abs=1e-4)
    assert (found["示例甲"]["rank"], found["示例甲"]["of"], found["示例丙"]["of"]) == (1, 2, 1)
    assert (found["示例丁"]["score"], "no land" in found["示例丁"]["reason"]["en"]) == (None, True)


def test_people_get_a_line_each(run: Command) -> None:
    said = run("score", write(TABLE), "--pack", "huangyan_2022").out.splitlines()
    assert said[0] == "示例甲: 100.00 points, 1 of 2"
    assert "huaian_2024" in run("score", "--list").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("企业名称,用地面积(亩)\n,3\n", "no enterprise is named"),
        ("企业名称,用地面积(亩)\n甲,3\n甲,4\n", "“甲” was in row 2 already"),
        ("企业名称,用地面积(亩)\n甲,-3\n", "row 2"),
        ("企业名称,年平均职工人数\n甲,很多\n", "row 2"),
        ("企业名称\n", "no"),
    ],
)
def test_what_cannot_be_scored_is_named(run: Command, text: str, said: str) -> None:
    answer = run("score", write(text), "--pack", "huangyan_2022", "--json")
    assert (answer.code, answer.out, said in answer.err) == (2, "", True), answer.err


def test_a_scheme_there_is_none_of_is_said(run: Command) -> None:
    answer = run("score", write(TABLE), "--pack", "nowhere")
    assert (answer.code, "there is no scheme “nowhere”" in answer.err) == (2, True)
