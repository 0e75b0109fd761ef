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
        ("", "empty"),
        ("企业名称,用地面积(亩)\n甲,NaN\n", "not a finite number"),
        ("企业名称,用地面积(亩)\n甲,1e300\n", "more digits than can be kept"),
        ("企业名称,分组,用地面积(亩)\n甲,规外,3\n", "not one of the choices"),
    ],
)
def test_what_cannot_be_scored_is_named(run: Command, text: str, said: str) -> None:
    answer = run("score", write(text), "--pack", "huangyan_2022", "--json")
    assert (answer.code, answer.out, said in answer.err) == (2, "", True), answer.err


def test_a_scheme_there_is_none_of_is_said(run: Command) -> None:
    answer = run("score", write(TABLE), "--pack", "nowhere")
    assert (answer.code, "there is no scheme “nowhere”" in answer.err) == (2, True)


def test_points_of_reviewers_are_graded_by_quota_within_their_category(run: Command) -> None:
    rows = "".join(f"示例平台{n},现代产业集群,{100 - n}\n" for n in range(49))
    answer = run(
        "score",
        write("参评对象,参评类别,得分\n" + rows),
        "--pack",
        "service_platforms_2022",
        "--json",
    )
    classes = [one["class"] for one in json.loads(answer.out)["enterprises"]]
    assert (classes.count("excellent"), classes[6], classes[7]) == (7, "excellent", "good")


def test_departments_are_graded_within_their_category(run: Command) -> None:
    """15 % of seven is 1.05, of three 0.45: rounded down one and nobody is excellent."""
    marks = [95, 90, 85, 79, 60, 59, 40]
    rows = [f"示例经济{n},经济业务部门,{mark},{mark},{mark},{mark}" for n, mark in enumerate(marks)]
    rows += [f"示例保障{n},综合保障部门,99,90,80,70" for n in range(3)]
    head = "参评对象,分组,重点工作完成得分,服务企业和群众得分,协同配合得分,改革创新得分"
    answer = run("score", write("\n".join([head, *rows])), "--pack", "departments", "--json")
    found = json.loads(answer.out)
    grades = ["excellent", "good", "good", "fair", "fair", "poor", "poor", "good", "good", "good"]
    assert [one["class"] for one in found["enterprises"]] == grades
    assert [one["of"] for one in found["enterprises"]] == [7] * 7 + [3] * 3
    assert found["enterprises"][7]["score"] == 0.4 * 99 + 0.3 * 90 + 0.15 * 80 + 0.15 * 70
    assert (found["verified"], "示例框架" in found["source"]["zh"]) == ("K", True)


def test_years_are_counted_to_the_end_of_the_year_unless_told(run: Command, tmp_path: Path) -> None:
    scheme = tmp_path / "own.yaml"
    scheme.write_text(
        "id: own\ntitle: {zh: 示例, en: example}\nplace: {zh: 示例, en: example}\nyear: 2022\n"
        "source: {zh: 示例, en: example}\nverified: K\nscope: {registered_years: 2}\n"
        "groups:\n  - id: all\n    label: {zh: 全部, en: all}\n    indicators:\n"
        "      - {id: tax, label: {zh: 税收, en: tax}, weight: 100, numerator: tax, base: 100}\n",
        "utf-8",
    )
    table = write("企业名称,评价税收,成立日期\n甲,100,2021-06-01\n")
    young = run("score", table, "--pack", scheme, "--json")
    assert "2 years" in json.loads(young.out)["enterprises"][0]["reason"]["en"]
    later = run("score", table, "--pack", scheme, "--as-of", "2023-06-01", "--json")
    assert json.loads(later.out)["enterprises"][0]["score"] == 100


def test_who_goes_with_nobody_in_the_table_is_named(run: Command) -> None:
    answer = run(
        "score", write("企业名称,用地面积(亩),随谁评价\n甲,3,\n乙,,丙\n"), "--pack", "unnamed_city"
    )
    assert (answer.code, "丙" in answer.err, "row 3" in answer.err) == (2, True, True), answer.err
