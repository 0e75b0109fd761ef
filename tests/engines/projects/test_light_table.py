"""Months of projects as offices keep them: csv, workbooks and JSON, in either language."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from openzone.engines.projects.light_columns import VOCABULARY
from openzone.engines.projects.light_model import NOT_YET, Colour, Month
from openzone.engines.projects.light_table import Histories, read_histories
from openzone.engines.projects.lights import colours
from openzone.engines.tables.problems import Refused, TableProblems
from openzone.packs.lights import light_packs

AS_OF = dt.date(2026, 1, 1)
D = Decimal


def read(path: Path, text: str, name: str = "lights.csv", **more: bool) -> Histories:
    file = path / name
    file.write_text(text, "utf-8")
    return read_histories(file, AS_OF, **more)


def refused(path: Path, text: str, name: str = "lights.csv") -> list[tuple[int | None, str, str]]:
    with pytest.raises(TableProblems) as caught:
        read(path, text, name)
    return [(one.row, one.column or "", one.reason.zh) for one in caught.value.problems]


def only(found: Histories) -> Month:
    ((month,),) = found.months.values()
    return month


@pytest.mark.parametrize(
    "text",
    [
        "项目,月份,计划进度,实际进度\nP1,2025年3月,50%,35%\n",
        "项目编号,月份,计划进度(%),实际进度（%）\nP1,2025-03,50,35\n",
        "project,month,planned,actual\nP1,2025-03,0.5,0.35\n",
        "project,month,planned,actual\nP1,2025/3,50,35\n",
        "项目名称,年月,计划完成,实际完成\nP1,2025.3,50,35\n",
        "id,month,plan,done\nP1,202503,50%,0.35\n",
    ],
)
def test_percent_share_and_headings_of_both_languages_mean_the_same(
    tmp_path: Path, text: str
) -> None:
    month = only(read(tmp_path, text))
    assert (month.project, month.month) == ("P1", dt.date(2025, 3, 1))
    assert (month.planned, month.actual) == (D("0.5"), D("0.35"))


def test_bare_figures_are_told_to_be_read_as_percent_or_shares(tmp_path: Path) -> None:
    head = "project,month,planned,actual\n"
    assert "百分数" in read(tmp_path, head + "P1,2025-03,50,35\n").assumed[-1].zh
    assert "比例" in read(tmp_path, head + "P1,2025-03,0.5,0.35\n").assumed[-1].zh
    assert not read(tmp_path, head + "P1,2025-03,50%,35%\n").assumed


def test_a_figure_that_may_be_percent_or_share_is_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, "project,month,planned,actual\nP1,2025-03,50,0.35\n")
    assert [(row, column) for row, column, _ in found] == [(2, "实际进度/actual")]
    with_unit = "project,month,planned(%),actual(%)\nP1,2025-03,50,0.35\n"
    assert only(read(tmp_path, with_unit)).actual == D("0.0035")


def test_an_empty_cell_is_missing_and_zero_is_zero(tmp_path: Path) -> None:
    month = only(read(tmp_path, "project,month,planned,actual\nP1,2025-03,0%,\n"))
    assert (month.planned, month.actual) == (D(0), None)


def test_a_day_that_has_not_come_is_told_from_one_nobody_asked_for(tmp_path: Path) -> None:
    month = only(read(tmp_path, "project,month,计划开工,实际开工\nP1,2025-03,2025-03-20,\n"))
    assert month.due_start == dt.date(2025, 3, 20)
    assert month.started_on == NOT_YET
    assert month.statistics_on is None
    said = only(read(tmp_path, "project,month,实际开工\nP1,2025-03,无\n"))
    assert said.started_on == NOT_YET


def test_a_date_that_names_only_its_month_is_its_last_day(tmp_path: Path) -> None:
    text = "project,month,计划开工,实际开工\nP1,2025-03,2025年2月,2025-02-01\n"
    month = only(read(tmp_path, text))
    assert (month.due_start, month.started_on) == (dt.date(2025, 2, 28), dt.date(2025, 2, 1))


def test_flags_and_overrides_are_read_in_chinese(tmp_path: Path) -> None:
    text = (
        "项目,月份,批准暂停,预计逾期,严重滞后,有正当理由,人工调整,调整理由,调整有效期\n"
        "P1,2025-03,是,否,,√,绿灯,设备延迟,2025年4月\n"
    )
    month = only(read(tmp_path, text))
    assert (month.paused, month.expected_late, month.serious) == (True, False, None)
    assert month.reason_accepted is True
    (override,) = month.overrides
    assert (override.colour, override.until) == (Colour.GREEN, dt.date(2025, 4, 30))


def test_json_and_jsonl_and_workbooks_give_what_csv_gives(tmp_path: Path) -> None:
    row = {"项目": "P1", "month": "2025-03", "planned": 0.5, "实际进度": 0.35, "paused": True}
    of_list = read(tmp_path, json.dumps([row]), "a.json")
    of_lines = read(tmp_path, f"\n{json.dumps(row)}\n", "a.jsonl")
    book = Workbook()
    assert book.active is not None
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(tmp_path / "a.xlsx")
    of_book = read_histories(tmp_path / "a.xlsx", AS_OF)
    assert of_list.months == of_lines.months == of_book.months
    assert only(of_list) == Month(dt.date(2025, 3, 1), "P1", D("0.5"), D("0.35"), paused=True)


def test_a_project_may_hold_its_months(tmp_path: Path) -> None:
    months = [{"month": "2025-03", "planned": 0.5}, {"month": "2025-04", "planned": 0.6}]
    project = {"project": "P1", "months": months}
    of_one = read(tmp_path, json.dumps(project), "a.json")
    of_list = read(tmp_path, json.dumps([project]), "a.json")
    of_lines = read(tmp_path, json.dumps(project), "a.jsonl")
    assert of_one == of_list == of_lines
    assert [one.planned for one in of_one.months["P1"]] == [D("0.5"), D("0.6")]


def test_an_empty_json_value_is_an_empty_cell(tmp_path: Path) -> None:
    row = {"month": "2025-03", "planned": None, "started_on": None}
    month = only(read(tmp_path, json.dumps([row]), "a.json"))
    assert (month.project, month.planned, month.started_on) == ("", None, NOT_YET)


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("project,month,planned\nP1,,50%\n", 2, "月份/month"),
        ("project,month,planned\n,2025-03,50%\n", 2, "项目/project"),
        ("project,month,planned\nP1,2025-13,50%\n", 2, "B"),
        ("project,month,planned\nP1,三月,50%\n", 2, "B"),
        ("project,month,planned\nP1,2025-03,很快\n", 2, "C"),
        ("project,month,planned\nP1,2025-03,-5%\n", 2, "C"),
        ("project,month,planned\nP1,2025-03,5000%\n", 2, "计划进度/planned"),
        ("project,month,paused\nP1,2025-03,也许\n", 2, "C"),
        ("project,month,override\nP1,2025-03,紫\n", 2, "C"),
        ("project,month,pause\nP1,2025-03,是\n", 1, "C"),
        ("project,planned\nP1,50%\n", None, ""),
        (
            "project,month,override,override_until\nP1,2025-03,绿,2025-06-30\n",
            2,
            "调整理由/override_reason",
        ),
        (
            "project,month,override,override_reason\nP1,2025-03,绿,理由\n",
            2,
            "调整有效期/override_until",
        ),
        (
            "project,month,override_reason,override_until\nP1,2025-03,理由,2025-06-30\n",
            2,
            "人工调整/override",
        ),
        (
            "project,month,override,override_reason,override_until\nP1,2025-03,绿,理由,2025-02-28\n",
            2,
            "调整有效期/override_until",
        ),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(
    tmp_path: Path, text: str, row: int | None, column: str
) -> None:
    found = refused(tmp_path, text)
    assert [(one, place) for one, place, _ in found] == [(row, column)]


def test_the_same_month_twice_names_both_rows(tmp_path: Path) -> None:
    text = "project,month,planned\nP1,2025-03,50%\nP2,2025-03,50%\nP1,2025年3月,50%\n"
    ((row, _, reason),) = refused(tmp_path, text)
    assert row == 4
    assert "第2行" in reason


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    found = refused(tmp_path, "project,month,planned\nP1,2025-13,50%\nP1,2025-03,x\n,2025-04,1%\n")
    assert [row for row, _, _ in found] == [2, 3, 4]


def test_unknown_columns_are_left_out_only_when_asked_to(tmp_path: Path) -> None:
    text = "project,month,planned,负责人\nP1,2025-03,50%,甲\n"
    assert refused(tmp_path, text)[0][1] == "D"
    found = read(tmp_path, text, ignore_unknown=True)
    assert only(found).planned == D("0.5")
    assert any("负责人" in one.zh for one in found.assumed)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{", "a.json"),
        ('{"project": "P1"}', "a.json"),
        ('{"project": "P1", "months": {"month": "2025-03"}}', "a.json"),
        ('{"project": "P1", "months": [5]}', "a.json"),
        ('{"project": "P1", "months": [{"project": "P2", "month": "2025-03"}]}', "a.json"),
        ("5", "a.json"),
        ("[5]", "a.json"),
        ('[{"month": {"a": 1}}]', "a.json"),
        ('[{"month": "2025-03", "月份": "2025-04"}]', "a.json"),
        ('[{"month": NaN}]', "a.json"),
        ('[{"month": "2025-03", "planed": 0.5}]', "a.json"),
        ("{}\n{", "a.jsonl"),
        ("[]", "a.json"),
    ],
)
def test_json_that_is_no_table_is_refused_with_its_row(
    tmp_path: Path, text: str, name: str
) -> None:
    assert refused(tmp_path, text, name)


cells = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
keys = st.sampled_from([one.name for one in VOCABULARY]) | st.text(max_size=8)


@settings(deadline=None)
@given(
    objects=st.lists(st.dictionaries(keys, cells | st.lists(cells, max_size=2)), max_size=3),
    ignore=st.booleans(),
)
def test_any_json_is_read_or_refused_in_sentences(
    objects: list[dict[str, object]], ignore: bool
) -> None:
    with TemporaryDirectory() as folder:
        problems, histories = [], list[list[Month]]()
        try:
            found = read(Path(folder), json.dumps(objects), "a.json", ignore_unknown=ignore)
            histories += found.months.values()
        except TableProblems as error:
            problems += error.problems
    assert bool(problems) != bool(histories)
    assert all(one.sentence.zh and one.sentence.en for one in problems)
    for months in histories:
        for pack in light_packs(None).values():
            assert len(colours(pack.as_rule, months)) >= len(months)


def test_a_day_of_the_year_9999_is_refused(tmp_path: Path) -> None:
    rows = [{"month": 2958465}, {"month": "2025-03", "started_on": 2958465}]
    found = refused(tmp_path, json.dumps(rows), "a.json")
    assert [row for row, _, _ in found] == [1, 2]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xff\xff\x00\x01")
    with pytest.raises(Refused):
        read_histories(file, AS_OF)
