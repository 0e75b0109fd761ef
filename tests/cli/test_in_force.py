"""What is on record is answered by the zone's release, as on the site, not by newer packs."""

from pathlib import Path

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.rulebook.services.publishing import adopt_packs
from tests.cli.conftest import Command, write_csv
from tests.cli.rehearsing import DAY, FIRMS, write_packs
from tests.factories import make_enterprise

NAME = "合肥示例在册有限公司"
RULE = ("--rule", "local.grant", *DAY)


@pytest.fixture
def pack(db: None, actor: Actor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of rules that came after the release."""
    make_enterprise(NAME)
    adopt_packs(actor=actor)
    folder, _ = write_packs(tmp_path)
    monkeypatch.setenv("OPENZONE_PACKS", str(folder))
    return folder


@pytest.mark.parametrize(
    "asked", [("explain", "--enterprise", NAME), ("match",)], ids=lambda a: a[0]
)
def test_a_rule_that_was_not_released_says_nothing_about_the_record(
    run: Command, pack: Path, asked: tuple[str, ...]
) -> None:
    answer = run(*asked, *RULE)
    assert (answer.code, answer.out) == (2, "")
    assert "there is no rule “local.grant”" in answer.err


def test_the_rules_that_somebody_names_answer_instead(run: Command, pack: Path) -> None:
    for rules in ("installed", str(pack)):
        answer = run("explain", "--enterprise", NAME, *RULE, "--rules", rules)
        assert answer.code == 0, answer.err
        assert "Example: R&D grant (1): cannot be told yet" in answer.out


def test_a_bundle_of_the_record_is_of_the_release(run: Command, pack: Path) -> None:
    asked = ("bundle", "--enterprise", NAME, *DAY, "--json")
    released, installed = run(*asked), run(*asked, "--rules", "installed")
    assert (released.code, installed.code) == (0, 0), released.err + installed.err
    assert "local.grant" not in released.out
    assert "local.grant" in installed.out


def test_a_file_is_answered_by_what_is_installed(run: Command, pack: Path, tmp_path: Path) -> None:
    firms = write_csv(tmp_path / "firms.csv", FIRMS)
    answer = run("match", "--enterprises", firms, *RULE)
    assert answer.code == 0, answer.err
    assert answer.out.count("local.grant") == len(FIRMS)
