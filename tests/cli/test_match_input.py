"""Whatever is wrong with the input: one clear sentence, exit code 2, nothing written."""

import json
from pathlib import Path

import pytest

from tests.cli.bad_files import BAD, text
from tests.cli.conftest import Command

DAY = ("--as-of", "2026-06-30")
EARLIER = "what an earlier run wrote"
RULE = """
rule: {rule}
title: {{zh: 示例, en: Example}}
kind: qualify
versions:
  - version: "1"
    source: {{title: 示例办法, number: 示例〔2026〕1号, issuer: 示例园区}}
    effective_from: 2026-01-01
    verified: L
    when:
      all:
        - {{id: floors, label: {{zh: 三层以上, en: Three floors}}, fact: {fact}, gte: 3}}
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A file that an earlier run has written; a refused one must leave it."""
    path = tmp_path / "answers.csv"
    path.write_text(EARLIER, encoding="utf-8")
    return path


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    path = tmp_path / "firms.csv"
    path.write_text("id,employees\nA1,5\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["match", "explain"])
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    out: Path,
    name: str,
    command: str,
) -> None:
    monkeypatch.delenv("OPENZONE_LANG")
    write, zh, en = BAD[name]
    path = tmp_path / name
    write(path)
    if command == "match":
        answer = run("match", "--enterprises", path, *DAY, "--out", out)
    else:
        answer = run("explain", "--enterprise", path, "--rule", "cn.high_tech", *DAY)
    assert (answer.code, answer.out) == (2, "")
    assert zh in answer.err
    assert en in answer.err
    assert name in answer.err
    assert out.read_text(encoding="utf-8") == EARLIER
    assert not list(tmp_path.glob(".*"))


def test_every_problem_of_a_file_is_named_at_once(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    text("id,employees,registered_on\nA1,十几人,2020-01-01\nA2,5,昨天\nA3,很多,不详\n")(path)
    answer = run("match", "--enterprises", path, *DAY)
    assert answer.err.splitlines()[0] == f"{path}: 3 problems, no answers were given"
    assert [line.split(":")[0] for line in answer.err.splitlines()[1:]] == [
        "sheet “firms”, row 2, column B (employees)",
        "sheet “firms”, row 3, column C (registered_on)",
        "sheet “firms”, row 4, column B (employees)",
    ]


def test_an_industry_is_read_like_an_office_writes_it_and_never_taken_for_another(
    run: Command, tmp_path: Path
) -> None:
    path = tmp_path / "firms.csv"
    text("id,industry,employees\nA1,C3841,15\nA2,3841,15\nA3,c38,15\nA4,锂离子电池制造,15\n")(path)
    answer = run("match", "--enterprises", path, *DAY, "--rule", "cn.size_class")
    assert [json.loads(line)["value"] for line in answer.out.splitlines()] == ["micro"] * 4
    text("id,industry,employees\nA1,C3841,15\nA2,D3841,15\nA3,电池,15\n")(path)
    refused = run("match", "--enterprises", path, *DAY, "--rule", "cn.size_class")
    assert (refused.code, refused.out) == (2, "")
    assert [line.split(":")[0] for line in refused.err.splitlines()[1:]] == [
        "sheet “firms”, row 3, column B (industry)",
        "sheet “firms”, row 4, column B (industry)",
    ]


def test_fewer_than_no_employees_get_no_answer(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    text("id,employees,net_profit_y1\nA1,-5,-5\nA2,0,0\n")(path)
    refused = run("match", "--enterprises", path, *DAY)
    assert (refused.code, refused.out) == (2, "")
    assert "row 2, column B (employees): “-5” is below 0" in refused.err
    assert "column C" not in refused.err


def test_an_unknown_column_passes_with_a_note_if_it_is_to_be_ignored(
    run: Command, tmp_path: Path
) -> None:
    path = tmp_path / "firms.csv"
    text("id,employes,employees\nA1,5,5\n")(path)
    refused = run("match", "--enterprises", path, *DAY)
    assert refused.code == 2
    assert "--ignore-unknown" in refused.err
    answer = run("match", "--enterprises", path, *DAY, "--ignore-unknown")
    assert answer.code == 0
    assert "the column “employes” is not known" in answer.err
    assert len(answer.out.splitlines()) == 7


@pytest.mark.parametrize("day", ["2026-02-30", "2026/4/1", "2026年4月1日", "today", "20", "0"])
def test_a_day_that_is_none(run: Command, firms: Path, out: Path, day: str) -> None:
    answer = run("match", "--enterprises", firms, "--as-of", day, "--out", out)
    said = f"--as-of: “{day}” is not a date, write it like 2026-04-01\n"
    assert answer == (2, "", said)


def test_a_rule_that_does_not_exist_brings_the_closest(run: Command, firms: Path) -> None:
    answer = run("match", "--enterprises", firms, *DAY, "--rule", "cn.hi_tech")
    said = "--rule: there is no rule “cn.hi_tech”; there are cn.high_tech"
    assert answer.code == 2
    assert answer.err.startswith(said)


def test_a_rule_nothing_like_any_brings_all(run: Command, firms: Path) -> None:
    answer = run("explain", "--enterprise", firms, *DAY, "--rule", "?")
    assert answer.code == 2
    assert "there are cn.above_scale, cn.high_tech, cn.innovative_sme" in answer.err


def test_a_rule_without_a_version_that_day_says_which_there_are(run: Command, firms: Path) -> None:
    answer = run("match", "--enterprises", firms, "--as-of", "2020-01-01", "--rule", "cn.srdi_sme")
    said = (
        "--rule: cn.srdi_sme has no version in force on 2020-01-01; there are: "
        "2022 (from 2022-08-01 until 2026-03-31), 2026 (from 2026-04-01)\n"
    )
    assert answer == (2, "", said)


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("answers.doc", "--out: the format of answers.doc is not supported, use .csv, .jsonl"),
        ("answers", "--out: the format of answers is not supported"),
        ("nowhere/answers.csv", "--out: there is no folder nowhere"),
        ("folder.csv", "--out: folder.csv is a folder"),
        ("firms.csv", "--out: firms.csv is the file being read; choose another name"),
        ("link.csv", "--out: link.csv is the file being read"),
        ("/proc/answers.csv", "File not found: /proc/answers.csv\n"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    run: Command, tmp_path: Path, firms: Path, out: str, said: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(firms)
    before = firms.read_bytes()
    answer = run("match", "--enterprises", "firms.csv", *DAY, "--out", out)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert firms.read_bytes() == before


class TestAZonesOwnPacks:
    @pytest.fixture
    def packs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "packs"
        (folder / "rules").mkdir(parents=True)
        monkeypatch.setenv("OPENZONE_PACKS", str(folder))
        return folder

    def test_a_fault_is_named_by_file_line_path_and_reason(
        self, run: Command, packs: Path, firms: Path
    ) -> None:
        path = packs / "rules" / "local.tall.yaml"
        path.write_text(RULE.format(rule="local.tall", fact="flors"), encoding="utf-8")
        for arguments in (["match", "--enterprises", firms], ["rules", "list"]):
            answer = run(*arguments)
            assert (answer.code, answer.out) == (2, "")
            assert answer.err.startswith(f"{path}:12: versions[0].when.all[0].fact: ")
            assert "flors" in answer.err

    def test_a_folder_that_is_not_there(
        self, run: Command, monkeypatch: pytest.MonkeyPatch, firms: Path
    ) -> None:
        monkeypatch.setenv("OPENZONE_PACKS", "/no/such/folder")
        answer = run("match", "--enterprises", firms)
        assert answer.code == 2
        assert "/no/such/folder" in answer.err
        assert "OPENZONE_PACKS names no folder" in answer.err

    def test_a_rule_of_the_zone_is_answered_beside_the_national_ones(
        self, run: Command, packs: Path, firms: Path
    ) -> None:
        path = packs / "rules" / "local.few.yaml"
        path.write_text(RULE.format(rule="local.few", fact="employees"), encoding="utf-8")
        answer = run("match", "--enterprises", firms, *DAY, "--rule", "local.few")
        assert answer.code == 0
        assert '"rule": "local.few", "version": "1", "outcome": "met"' in answer.out


def test_without_a_file_and_without_a_zone(command: Command, tmp_path: Path) -> None:
    answer = command("match", OPENZONE_DATA=str(tmp_path / "nowhere"), DATABASE_URL="")
    assert (answer.code, answer.out) == (2, "")
    assert "Run openzone setup or openzone demo" in answer.err
    assert not (tmp_path / "nowhere").exists()


def test_a_fault_of_the_program_is_owned_up_to_without_a_traceback(
    run: Command, monkeypatch: pytest.MonkeyPatch, firms: Path, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("示例")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("openzone.cli.plans.meant", fail)
    answer = run("match", "--enterprises", firms)
    (report,) = tmp_path.glob("openzone-fault-*.txt")
    assert (answer.code, answer.out) == (70, "")
    assert answer.err == (
        "The program failed (RuntimeError) and did not finish. "
        f"Details are in {report}; please send it to the maintainers.\n"
    )
    assert "RuntimeError: 示例" in report.read_text(encoding="utf-8")
