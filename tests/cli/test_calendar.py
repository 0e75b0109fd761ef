"""``openzone calendar``: files are checked whole, and a year is shown as the zone counts it."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from openzone.packs.calendars import load_file, national_calendar
from tests.cli.bad_files import bomb, raw, sparse, text
from tests.cli.conftest import Command

HEADER = ["类型", "起", "止", "名称", "英文名称", "时段", "文件"]
ROWS = [
    ["放假", "2027-01-01", "2027-01-01", "元旦", "New Year's Day", "", ""],
    ["放假", "2027-02-05", "2027-02-11", "春节（示例）", "Spring Festival (example)", "", ""],
    ["调休上班", "2027-02-13", "2027-02-13", "春节（示例）", "Spring Festival (example)", "", ""],
]
LOCAL = """\
calendar: 示例
title: {zh: 示例区安排, en: Example zone}
notices:
  - source: {title: 示例通知, number: 示例〔2026〕1号}
    days:
      - {kind: holiday, date: 2026-07-15, name: {zh: 示例日, en: Example Day}}
      - kind: closure
        from: 2026-07-20T14:30
        to: 2026-07-20T18:00
        name: {zh: 暴雨红色预警, en: red rainstorm warning}
"""


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    """The calendar of 2027, as a service centre would type it from the notice."""
    return sheet(tmp_path / "2027.xlsx", ROWS)


def sheet(path: Path, rows: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        worksheet = book.add_worksheet("2027")
        for number, row in enumerate([HEADER, *rows]):
            worksheet.write_row(number, 0, row)
    return path


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The calendars of a zone's own packs."""
    folder = tmp_path / "packs" / "calendars"
    folder.mkdir(parents=True)
    monkeypatch.setenv("OPENZONE_PACKS", str(folder.parent))
    (folder / "1-local.yaml").write_text(LOCAL, encoding="utf-8")
    return folder


class TestCheck:
    def test_a_spreadsheet_becomes_the_yaml_of_a_pack(
        self, run: Command, next_year: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "2027.yaml"
        answer = run("calendar", "check", next_year, "--out", out)
        said = f"In order: {next_year}, 3 entries\nWritten to {out}\n"
        assert answer == (0, "", said)
        assert load_file(out, national_calendar()) == load_file(next_year, national_calendar())

    def test_every_problem_is_named_by_its_row_and_nothing_is_written(
        self, run: Command, tmp_path: Path
    ) -> None:
        rows = [
            ["放假", "2027-02-30", "2027-02-30", "元旦", "", "", ""],
            *ROWS[1:],
            ["休息", "2027-05-01", "2027-05-01", "劳动节", "", "", ""],
            ["放假", "2026-10-01", "2026-10-01", "国庆节", "", "", ""],
        ]
        answer = run("calendar", "check", sheet(tmp_path / "a.xlsx", rows), "--out", "a.yaml")
        assert (answer.code, answer.out) == (2, "")
        places = [line.partition(": ")[2].split(",")[0] for line in answer.err.splitlines()]
        assert places == ["row 2", "row 2", "row 5", "row 6"]
        assert not (tmp_path / "a.yaml").exists()

    def test_a_problem_of_a_yaml_file_is_named_by_its_line(
        self, run: Command, tmp_path: Path
    ) -> None:
        path = tmp_path / "local.yaml"
        path.write_text(LOCAL.replace("2026-07-15", "2026-07-32"), encoding="utf-8")
        answer = run("calendar", "check", path)
        said = f"{path}: line 6, date “2026-07-32”: there is no such day\n"
        assert answer == (2, "", said)

    @pytest.mark.parametrize(
        ("name", "write", "said"),
        [
            ("nowhere.yaml", None, "the file cannot be opened"),
            ("nowhere.xlsx", None, "cannot be opened, or is not a spreadsheet"),
            ("empty.yaml", text(""), "must be a mapping"),
            ("empty.xlsx", text(""), "The file is empty"),
            ("a.yaml", raw(b"\xff\xfe\x00\x01"), "is not UTF-8 text"),
            ("a.yaml", sparse(b"calendar: a\n"), "too large to be a calendar"),
            ("a.xlsx", sparse(b"PK\x03\x04"), "above the limit of 50.0 MB"),
            ("bomb.xlsx", bomb, "abnormal size"),
            ("pdf.xlsx", raw(b"%PDF-1.7\n"), "a PDF"),
            ("a.yaml", text("a: &a [*a, *a]\n"), "aliases (*) are not supported"),
            ("folder.yaml", Path.mkdir, "the file cannot be opened"),
        ],
    )
    def test_a_file_that_is_no_calendar(
        self, run: Command, tmp_path: Path, name: str, write: object, said: str
    ) -> None:
        path = tmp_path / name
        if callable(write):
            write(path)
        answer = run("calendar", "check", path)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"{path}: ")
        assert said in answer.err

    def test_the_form_is_yaml(self, run: Command, next_year: Path) -> None:
        answer = run("calendar", "check", next_year, "--out", "2027.csv")
        assert answer == (2, "", "--out: 2027.csv must end in .yaml\n")

    def test_a_file_lies_on_what_the_zone_has_already(
        self, run: Command, packs: Path, tmp_path: Path
    ) -> None:
        """Hours on a day that the zone's own notice makes a holiday would do nothing."""
        path = tmp_path / "hours.yaml"
        path.write_text(
            LOCAL.replace("kind: holiday", "kind: hours, intervals: 09:00-12:00"), encoding="utf-8"
        )
        assert run("calendar", "check", path).code == 2
        (packs / "1-local.yaml").unlink()
        assert run("calendar", "check", path).code == 0

    def test_a_file_of_the_zone_does_not_lie_on_itself(self, run: Command, packs: Path) -> None:
        assert run("calendar", "check", packs / "1-local.yaml").code == 0


class TestShow:
    def test_a_published_year(self, run: Command) -> None:
        answer = run("calendar", "show", "2026")
        assert (answer.code, answer.err) == (0, "")
        lines = answer.out.splitlines()
        assert lines[0] == "2026: 248 working days"
        assert "2026-10 18 days" in lines
        number = "(国办发明电〔2025〕7号)"
        assert f"2026-10-01 – 2026-10-07 holiday: National Day {number}" in lines
        assert f"2026-10-10 make-up workday for National Day {number}" in lines

    def test_the_days_of_the_months_make_the_year(self, run: Command) -> None:
        lines = run("calendar", "show", "2025").out.splitlines()
        months = [int(line.split()[1]) for line in lines[1:13]]
        assert lines[0] == f"2025: {sum(months)} working days"

    def test_a_year_that_is_not_published_says_so(self, run: Command) -> None:
        lines = run("calendar", "show", "2027").out.splitlines()
        assert lines[0] == "2027: 261 working days"
        assert lines[1] == "the notice for this year is not published: Monday to Friday for now"
        assert len(lines) == 14

    def test_json_has_every_day(self, run: Command) -> None:
        days = json.loads(run("calendar", "show", "2026", "--json").out)
        assert len(days) == 365
        assert set(days[0]) == {
            "date", "kind", "working", "intervals", "reason", "documents", "published",
        }  # fmt: skip
        october = {day["date"]: day for day in days}["2026-10-10"]
        assert (october["kind"], october["working"]) == ("makeup", True)
        assert october["intervals"] == ["09:00-12:00", "13:30-17:30"]

    def test_a_zones_own_calendars_lie_over_the_national_ones(
        self, run: Command, packs: Path
    ) -> None:
        lines = run("calendar", "show", "2026").out.splitlines()
        assert lines[0] == "2026: 247 working days"
        assert "2026-07-15 holiday: Example Day (示例〔2026〕1号)" in lines
        closed = "Monday, working day; closed 14:30-18:00: red rainstorm warning"
        assert f"2026-07-20 {closed} (示例〔2026〕1号)" in lines

    def test_the_last_name_rules(self, run: Command, packs: Path) -> None:
        later = LOCAL.replace("Example Day", "Other Day").replace(
            "示例〔2026〕1号", "示例〔2026〕2号"
        )
        (packs / "2-later.yaml").write_text(later, encoding="utf-8")
        out = run("calendar", "show", "2026").out
        assert "2026-07-15 holiday: Other Day (示例〔2026〕2号)" in out
        assert "Example Day" not in out

    def test_a_file_can_be_tried_before_it_is_put_in_place(
        self, run: Command, next_year: Path
    ) -> None:
        lines = run("calendar", "show", "2027", "--calendar", next_year).out.splitlines()
        assert lines[0] == "2027: 256 working days"
        assert "2027-01-01 holiday: New Year's Day (2027)" not in lines  # it has no number

    def test_a_faulty_calendar_of_the_zone_stops_every_command_that_counts(
        self, run: Command, packs: Path
    ) -> None:
        path = packs / "1-local.yaml"
        path.write_text(LOCAL.replace("holiday", "party"), encoding="utf-8")
        for arguments in (
            ["calendar", "show", "2026"],
            ["due", "--received", "2026-07-14T10:00", "--clock", "1 workday"],
        ):
            answer = run(*arguments)
            assert (answer.code, answer.out) == (2, "")
            assert answer.err.startswith(f"{path}: line 6, kind “party”: ")
