"""``openzone lights``: colours by month from a file, or every reason why not."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

BOTH = "项目,月份,计划进度,实际进度\nP1,2025年3月,50%,35%\nP1,2025-04,20%,8%\n"
P1 = "P1 2025-03 wuhan.progress_ratio "
RULES = ("wuhan.progress_ratio", "yinchuan.progress_points")


def write(text: str, name: str = "months.csv") -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


def test_the_same_project_shows_its_colour_under_each_rule(run: Command) -> None:
    rules = [part for name in RULES for part in ("--rule", name)]
    answer = run("lights", write(BOTH), *rules, "--json")
    found = json.loads(answer.out)
    shown = {(one["month"], one["rule"]): one["colour"] for one in found["verdicts"]}
    assert shown == {
        ("2025-03", RULES[0]): "yellow",
        ("2025-03", RULES[1]): "yellow",
        ("2025-04", RULES[0]): "red",
        ("2025-04", RULES[1]): "yellow",
    }
    assert [one["id"] for one in found["rules"]] == list(RULES)
    assert answer.code == 0


def test_a_verdict_carries_its_reason_signals_and_what_is_missing(run: Command) -> None:
    path = write("project,month,planned,actual\nP1,2025-03,50%,35%\nP1,2025-04,50%,\n")
    found = json.loads(run("lights", path, "--rule", RULES[0], "--json").out)["verdicts"]
    assert found[0]["signals"] == {"planned": 0.5, "actual": 0.35, "ratio": 0.7}
    assert set(found[0]["reason"]) == {"zh", "en"}
    assert (found[1]["colour"], found[1]["missing"]) == ("unknown", ["actual"])


def test_an_override_is_shown_with_the_colour_of_the_rule_and_its_end(run: Command) -> None:
    path = write(
        "project,month,planned,actual,override,override_reason,override_until\n"
        "P1,2025-03,50%,5%,green,agreed,2025-03-31\nP1,2025-04,50%,5%,,,\n"
    )
    found = json.loads(run("lights", path, "--rule", RULES[0], "--json").out)["verdicts"]
    assert [(one["colour"], one["raw"]) for one in found] == [("green", "red"), ("red", "red")]
    assert found[0]["override"] == {"colour": "green", "reason": "agreed", "until": "2025-03-31"}
    assert found[1]["override"] is None


def test_an_override_under_a_rule_there_is_none_of_is_refused(run: Command) -> None:
    path = write(
        "project,month,planned,actual,override,override_reason,override_until,override_rule\n"
        "P1,2025-03,50%,5%,green,agreed,2025-03-31,wuhan\n"
    )
    answer = run("lights", path, "--rule", RULES[0])
    assert (answer.code, answer.out) == (2, "")
    assert "P1 2025-03" in answer.err


def test_without_a_rule_every_rule_answers(run: Command) -> None:
    found = json.loads(run("lights", write(BOTH), "--json").out)
    assert len(found["rules"]) == 6
    assert len(found["verdicts"]) == 12


def test_the_answer_for_people_has_one_line_a_verdict(run: Command) -> None:
    answer = run("lights", write(BOTH), "--rule", RULES[0])
    assert answer.out.splitlines() == [
        f"{P1}yellow: planned 50%, actual 35%: 70% of the progress due, under 80%",
        f"{P1.replace('03', '04')}red: planned 20%, actual 8%: 40% of the progress due, under 60%",
    ]


def test_what_was_assumed_of_figures_without_a_unit_is_said_beside_the_answer(
    run: Command,
) -> None:
    path = write("project,month,planned,actual\nP1,2025-03,50,35\n")
    answer = run("lights", path, "--rule", RULES[0])
    assert "percent" in answer.err
    assert "yellow" in answer.out


def test_the_rules_are_listed_with_what_they_say_and_how_they_are_read(run: Command) -> None:
    listed = run("lights", "--list").out
    assert "yinchuan.start_overdue" in listed
    assert "our reading" in listed
    found = json.loads(run("lights", "--list", "--json").out)
    assert {one["id"]: one["needs"] for one in found}["wuhan.progress_ratio"] == [
        "planned",
        "actual",
    ]


def test_a_rule_may_be_a_file(run: Command) -> None:
    listed = Path(__file__).parents[2] / "openzone" / "packs" / "national" / "lights"
    text = (listed / "wuhan.progress_ratio.yaml").read_text("utf-8")
    own = write(text.replace("wuhan.progress_ratio", "ours", 1).replace("0.6", "0.3"), "ours.yaml")
    found = json.loads(run("lights", write(BOTH), "--rule", own, "--json").out)["verdicts"]
    assert [one["colour"] for one in found] == ["yellow", "yellow"]


BOUNDS = [
    ("wuhan.progress_ratio", "50", "30", "yellow"),
    ("wuhan.progress_ratio", "50", "29.99", "red"),
    ("wuhan.progress_ratio", "50", "40", "green"),
    ("wuhan.progress_ratio", "50", "39.99", "yellow"),
    ("wuhan.progress_ratio", "0", "0", "green"),
    ("yinchuan.progress_points", "50", "40.01", "green"),
    ("yinchuan.progress_points", "50", "40", "yellow"),
    ("yinchuan.progress_points", "50", "20", "yellow"),
    ("yinchuan.progress_points", "50", "19.99", "red"),
]


def test_the_bounds_themselves_go_to_the_milder_colour(run: Command) -> None:
    for rule, planned, actual, colour in BOUNDS:
        path = write(f"项目,月份,计划进度(%),实际进度(%)\nP1,2025-03,{planned},{actual}\n")
        [found] = json.loads(run("lights", path, "--rule", rule, "--json").out)["verdicts"]
        assert (rule, planned, actual, found["colour"]) == (rule, planned, actual, colour)


def shown(run: Command, text: str, rule: str) -> list[str]:
    found = json.loads(run("lights", write(text), "--rule", rule, "--json").out)["verdicts"]
    return [one["colour"] for one in found]


def test_a_gap_between_the_months_ends_a_run_and_an_approved_pause_does_not(run: Command) -> None:
    head = "项目,月份,计划开工日期,实际开工日期,批准暂停\n"
    due = "P1,2025-05,2025-05-20,,\n"
    late = "P1,2025-07,,,\nP1,2025-08,,,\n"
    rule = "yinchuan.start_overdue"
    assert shown(run, head + due + late, rule) == ["yellow", "unknown", "yellow", "yellow"]
    paused = "P1,2025-06,,,是\n"
    assert shown(run, head + due + paused + late, rule) == ["yellow", "paused", "yellow", "red"]
    overdue = "P1,2025-06,,,\n"
    assert shown(run, head + late + overdue + due, rule) == ["yellow", "yellow", "red", "red"]


def test_full_width_figures_and_signs_are_read(run: Command) -> None:
    text = (
        "项目，月份，计划进度，实际进度\n".replace("，", ",") + "甲,２０２５年３月,５０％,３５％\n"
    )
    assert shown(run, text, "wuhan.progress_ratio") == ["yellow"]


@pytest.mark.parametrize("name", ["months.csv", "months.json", "months.jsonl"])
def test_files_of_older_programs_in_gbk_are_read(run: Command, name: str) -> None:
    row = {"项目": "甲", "月份": "2025-03", "计划进度": "50%", "实际进度": "35%"}
    texts = {
        "months.csv": "\n".join(",".join(one) for one in (row, row.values())),
        "months.json": json.dumps([row], ensure_ascii=False),
        "months.jsonl": json.dumps(row, ensure_ascii=False),
    }
    Path(name).write_text(texts[name], "gbk")
    found = json.loads(run("lights", name, "--rule", RULES[0], "--json").out)["verdicts"]
    assert [(one["project"], one["colour"]) for one in found] == [("甲", "yellow")]


def test_a_rule_there_is_none_of_is_told_with_those_there_are(run: Command) -> None:
    answer = run("lights", write(BOTH), "--rule", "wuhan")
    assert answer.err.startswith("there is no rule “wuhan”; known are haikou.two_yellows")


def test_a_file_without_rows_is_told_without_a_place(run: Command) -> None:
    answer = run("lights", write("[]", "a.json"))
    assert answer.err.splitlines()[1] == "the file holds no rows"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("project,month,planned\nP1,2025-13,5%\n", ("row 2", "month", "2025-13")),
        ("project,month,planned\nP1,2025-03,x\n", ("row 2", "planned")),
        ("project,month,planned,who\nP1,2025-03,5%,a\n", ("who", "--ignore-unknown")),
        ("project,month\nP1,2025-03\nP1,2025-03\n", ("row 3", "row 2")),
        ("", ("empty",)),
    ],
)
def test_bad_input_is_refused_with_row_field_and_reason_and_nothing_answered(
    run: Command, text: str, words: tuple[str, ...]
) -> None:
    answer = run("lights", write(text), "--json")
    assert (answer.code, answer.out) == (2, "")
    for word in words:
        assert word in answer.err
    assert "Traceback" not in answer.err


def test_bad_input_is_told_in_chinese_as_well(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENZONE_LANG", "zh")
    answer = run("lights", write("项目,月份,计划进度\nP1,2025-13,5%\n"))
    assert answer.code == 2
    assert "第2行" in answer.err
    assert "没有给出任何答案" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("lights",),
        ("lights", "nowhere.csv"),
        ("lights", "--rule", "nowhere", "--list"),
        ("lights", "months.csv", "--rule", "nowhere.yaml"),
    ],
)
def test_what_is_not_there_is_refused(run: Command, arguments: tuple[str, ...]) -> None:
    write(BOTH)
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err
