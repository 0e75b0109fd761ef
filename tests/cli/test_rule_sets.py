"""Sets of rules by every name they go by, wherever rules are asked for."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command, write_csv
from tests.cli.rehearsing import DAY, FIRMS, write_packs


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "firms.csv", FIRMS)


@pytest.fixture
def packs(tmp_path: Path) -> tuple[Path, Path]:
    return write_packs(tmp_path)


@pytest.fixture(autouse=True)
def _installed(packs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENZONE_PACKS", str(packs[0]))
    monkeypatch.setenv("OPENZONE_DATA", str(tmp_path / "data"))


def test_list_takes_any_set_of_rules(run: Command, packs: tuple[Path, Path]) -> None:
    run("rules", "pack", packs[1], "--out", "draft.json")
    answer = run("rules", "list", "--rules", "draft.json", *DAY)
    assert "local.grant\t1\tExample: R&D grant\t示例〔2026〕1号" in answer.out
    assert run("rules", "list", "--rules", "lost").code == 2


@pytest.mark.usefixtures("firms")
def test_match_and_explain_answer_by_any_set_of_rules(
    run: Command, packs: tuple[Path, Path]
) -> None:
    run("rules", "pack", packs[1], "--out", "draft.json")
    own = ("match", "--enterprises", "firms.csv", *DAY, "--rule", "local.grant")
    for rules, met in (("", ["A3", "A4"]), ("draft.json", ["A2", "A3", "A4"])):
        answer = run(*own, *(["--rules", rules] if rules else []))
        records = [json.loads(line) for line in answer.out.splitlines()]
        assert [record["id"] for record in records if record["outcome"] == "met"] == met
    proof = ("explain", "--enterprise", "firms.csv", "--id", "A2", "--rule", "local.grant", *DAY)
    assert "✗ Revenue" in run(*proof).out
    assert "✓ Revenue" in run(*proof, "--rules", "draft.json").out


def test_the_record_is_answered_by_its_own_rules(run: Command) -> None:
    answer = run("match", "--rules", "installed")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("--rules goes with --enterprises")
