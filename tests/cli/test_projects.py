"""``openzone projects stats``: counters of a period from a file, or every reason why not."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Command

YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")
PROJECTS: list[dict[str, Any]] = [
    {
        "id": "A", "name": "示例一", "amounts": {"total": "9.2亿元"}, "industry": "C38",
        "shares": {"东区": 0.6, "西区": 0.4}, "sector": 2, "origin": "foreign",
        "log": [
            {"stage": "签约", "on": "2025-03-01", "evidence": ["formal_contract"]},
            {"stage": "started", "on": "2025-06-01"},
        ],
    },
    {"id": "B", "log": [{"stage": "signed", "on": "2025-03-01"}], "framework": True},
    {"id": "C", "log": [{"stage": "signed", "on": "2025-03-01"}], "excluded": "utility"},
]  # fmt: skip


def write(*projects: dict[str, Any] | str) -> Path:
    path = Path("projects.jsonl")
    lines = [
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in projects
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def stats(run: Command, *more: str) -> Answer:
    return run("projects", "stats", *YEAR, "--file", write(*PROJECTS), *more)


def test_counters_come_with_amounts_ids_and_what_was_left_out(run: Command) -> None:
    found = json.loads(stats(run, "--json").out)
    rows = {row["stage"]: row for row in found["entered"]["rows"]}
    assert (rows["signed"]["count"], rows["signed"]["amount"]) == (1, 920000000)
    assert rows["started"]["ids"] == ["A"]
    assert rows["completed"]["count"] == 0
    assert [row["ids"] for row in found["entered"]["frameworks"]] == [["B"]]
    assert [(one["id"], one["exclusion"]) for one in found["entered"]["left_out"]] == [
        ("C", "utility")
    ]
    assert (found["from"], found["to"], found["amount"]) == ("2025-01-01", "2025-12-31", "total")


def test_the_usual_breakdowns_the_rates_and_the_stock_are_there(run: Command) -> None:
    found = json.loads(stats(run, "--json").out)
    assert set(found["breakdowns"]) == {"size", "size_at_least", "industry", "origin"}
    assert found["breakdowns"]["origin"]["rows"][0]["labels"]["origin"]["zh"] == "外资"
    rates = {one["id"]: one for one in found["rates"]}
    assert (rates["start_rate"]["value"], rates["start_rate"]["denominator_ids"]) == (1.0, ["A"])
    now = {row["stage"]: row["count"] for row in found["at_end"]["rows"] if row["count"]}
    assert now == {"started": 1}
    assert [one["id"] for one in found["without_evidence"]][:1] == ["A"]


def test_what_is_asked_for_is_grouped_and_nothing_else(run: Command) -> None:
    found = json.loads(stats(run, "--by", "place,size", "--json").out)
    assert found["breakdowns"] == {}
    signed = [row for row in found["entered"]["rows"] if row["stage"] == "signed"]
    assert [(row["place"], row["size"], row["count"]) for row in signed] == [
        ("东区", "ge_5yi", 0.6),
        ("西区", "ge_5yi", 0.4),
    ]


def test_a_place_counts_by_its_share(run: Command) -> None:
    found = json.loads(stats(run, "--place", "西区", "--json").out)
    row = next(row for row in found["entered"]["rows"] if row["count"])
    assert (row["count"], row["projects"], row["amount"]) == (0.4, 1, 368000000)


def test_the_answer_for_people_names_stages_and_rates(run: Command) -> None:
    out = stats(run).out
    assert "Signed: 1  CNY 920,000,000" in out
    assert "framework agreements Signed: 1" in out
    assert "not counted: 1" in out
    assert "100.00% (1/1)" in out


def test_another_pipeline_has_other_stages(run: Command) -> None:
    file = write({"id": "A", "log": [{"stage": "谋划", "on": "2025-03-01"}]})
    answer = run(
        "projects", "stats", *YEAR, "--file", file, "--pipeline", "seven_batches", "--json"
    )
    assert json.loads(answer.out)["entered"]["rows"][0]["stage"] == "planned"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "A", "log": [{"stage": "x", "on": "2025-03-01"}]}', ("line 2", "log[0].stage")),
        ('{"id": "Z", "log": []}', ("line 2", "id")),
        ("{", ("line 2", "JSON")),
        ('{"id": "A", "shares": {"东": 0.5}, "log": []}', ("line 2", "shares")),
    ],
)
def test_bad_lines_are_refused_and_nothing_is_counted(
    run: Command, line: str, words: tuple[str, ...]
) -> None:
    file = write({"id": "Z", "log": []}, line)
    answer = run("projects", "stats", *YEAR, "--file", file, "--json")
    assert (answer.code, answer.out) == (2, "")
    for word in words:
        assert word in answer.err


def found_in(run: Command, *projects: dict[str, Any] | str, more: tuple[str, ...] = ()) -> Any:
    answer = run("projects", "stats", *YEAR, "--file", write(*projects), *more, "--json")
    return json.loads(answer.out)


def counted(found: Any) -> dict[str, tuple[Any, Any, list[str]]]:
    rows = found["entered"]["rows"]
    return {row["stage"]: (row["count"], row["amount"], row["ids"]) for row in rows if row["ids"]}


def signed(name: str, *more: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"id": name, **values, "log": [{"stage": "signed", "on": "2025-03-01"}, *more]}


def test_a_stage_noted_twice_counts_once_and_is_told(run: Command) -> None:
    again = {"stage": "签约", "on": "2025-06-01"}
    answer = run("projects", "stats", *YEAR, "--file", write(signed("A", again)), "--json")
    found = json.loads(answer.out)
    assert counted(found) == {"signed": (1, None, ["A"])}
    assert found["repeated"] == [{"id": "A", "stage": "signed", "on": "2025-06-01"}]
    assert "counted once: A" in answer.err


@pytest.mark.parametrize(
    ("void", "entered"), [(False, {"signed": "2025-03"}), (True, {"signed": "2025-06"})]
)
def test_falling_back_counts_the_first_entry_and_a_mistake_only_the_second(
    run: Command, *, void: bool, entered: dict[str, str]
) -> None:
    back = {"back": "in_talks", "on": "2025-04-01", "reason": "示例", "void": void}
    log = [
        {"stage": "in_talks", "on": "2024-12-01"}, {"stage": "signed", "on": "2025-03-01"},
        back, {"stage": "signed", "on": "2025-06-01"},
    ]  # fmt: skip
    found = found_in(run, {"id": "A", "log": log}, more=("--by", "month"))
    assert {row["stage"]: row["month"] for row in found["entered"]["rows"]} == entered


def test_a_later_phase_of_a_contract_a_framework_and_a_currency_stand_apart(run: Command) -> None:
    found = found_in(
        run,
        signed("A", amounts={"total": "1亿元"}),
        signed("A2", phase_of="A", within_contract=True),
        signed("A3", phase_of="A", amounts={"total": 5}),
        signed("F", framework=True, amounts={"total": "9亿元"}),
        signed("U", amounts=[{"kind": "total", "value": 7, "currency": "USD"}]),
        {"id": "Old", "log": [{"stage": "signed", "on": "2024-12-31"}]},
    )
    assert counted(found) == {"signed": (3, 100_000_005, ["A", "A3", "U"])}
    assert found["entered"]["frameworks"][0]["amount"] == 900_000_000
    assert [one["id"] for one in found["entered"]["left_out"]] == ["A2"]
    assert found["entered"]["rows"][3]["other_currencies"] == {"USD": 7}


def test_what_is_stated_in_dollars_only_is_not_zero_yuan(run: Command) -> None:
    dollars = [{"kind": "total", "value": 7, "currency": "USD"}]
    assert counted(found_in(run, signed("U", amounts=dollars))) == {"signed": (1, None, ["U"])}


def test_a_place_is_told_only_of_its_own_and_a_place_of_nobody_is_named(run: Command) -> None:
    shared = signed("A", shares={"东区": 0.6, "西区": 0.4})
    elsewhere = signed("B", shares={"南区": 1}, excluded="utility")
    found = found_in(run, shared, elsewhere, more=("--place", "东区"))
    assert counted(found) == {"signed": (0.6, None, ["A"])}
    assert found["entered"]["left_out"] == []
    path = write(shared)
    answer = run("projects", "stats", *YEAR, "--file", path, "--place", "北区", "--amount", "x")
    assert answer.code == 0
    assert "“北区”; named are 东区, 西区" in answer.err


def test_a_list_and_another_encoding_are_read_as_well(run: Command) -> None:
    Path("a.json").write_text(json.dumps([signed("示例")], ensure_ascii=False), "gb18030")
    answer = run("projects", "stats", *YEAR, "--file", "a.json", "--json")
    assert counted(json.loads(answer.out)) == {"signed": (1, None, ["示例"])}


@pytest.mark.parametrize(
    ("projects", "words"),
    [
        ((signed("A", {"stage": "started", "on": "2025-02-01"}),), ("line 1, log[1].on",)),
        ((signed("A", {"stage": "in_talks", "on": "2025-05-01"}),), ("log[1].stage", "behind")),
        ((signed("A", shares={"东区": 0.6, "西区": 0.5}),), ("line 1, shares", "1.1")),
        (
            (signed("A", amounts=[{"value": 92000, "on": "2025-01-01"}, {"value": 920000000}]),),
            ("line 1, amounts[0].value", "10,000", "reason"),
        ),
        ((signed("A", shares={"东区": 2}), signed("A")), ("line 2, id", "line 1")),
        (("",), ("holds no projects",)),
    ],
)
def test_what_cannot_be_is_refused_by_line_and_field(
    run: Command, projects: tuple[dict[str, Any] | str, ...], words: tuple[str, ...]
) -> None:
    answer = run("projects", "stats", *YEAR, "--file", write(*projects), "--json")
    assert (answer.code, answer.out) == (2, "")
    for word in words:
        assert word in answer.err


def test_a_jump_that_is_explained_is_a_revision(run: Command) -> None:
    amounts = [
        {"value": 92000, "on": "2025-01-01"},
        {"value": 920000000, "on": "2025-02-01", "reason": "原按万元误录（示例）"},
    ]
    assert counted(found_in(run, signed("A", amounts=amounts))) == {
        "signed": (1, 920_000_000, ["A"])
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2025-12-31", "--to", "2025-01-01"),
        ("--from", "gestern", "--to", "2025-01-01"),
        ("--from", "2025-01-01"),
        (*YEAR, "--by", "colour"),
        (*YEAR, "--pipeline", "nine_batches"),
        (*YEAR, "--file", "nowhere.jsonl"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    run: Command, arguments: tuple[str, ...]
) -> None:
    file = () if "nowhere.jsonl" in arguments else ("--file", write(*PROJECTS))
    answer = run("projects", "stats", *arguments, *file)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err
    assert "Traceback" not in answer.err


def test_a_file_that_is_no_text_is_refused(run: Command) -> None:
    Path("a.jsonl").write_bytes(b"\xff\xff\x00\x01")
    answer = run("projects", "stats", *YEAR, "--file", "a.jsonl")
    assert answer.code == 2
    assert "encoding" in answer.err
