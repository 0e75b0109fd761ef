"""The examples of docs/cli.md, run again."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_calendar import ROWS, sheet
from tests.cli.test_match_input import RULE
from tests.cli.test_rehearse import RULE as GRANT

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
PROMPT = "$ openzone "


def examples() -> Iterator[tuple[str, str]]:
    """Yield each command of the page with the output that follows it."""
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for example in block.split(PROMPT)[1:]:
            command, _, output = example.partition("\n")
            yield command, output


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    """What the examples work on: one file is shown on the page."""
    shown = PAGE.split("```csv\n")[1].split("```")[0]
    (tmp_path / "firms.csv").write_text(shown, encoding="utf-8")
    faulty = "id,registered_on,employes\nA1,2020-13-01,5\n"
    (tmp_path / "faulty.csv").write_text(faulty, encoding="utf-8")
    sheet(tmp_path / "2027.xlsx", ROWS[:2])
    rules = tmp_path / "broken" / "rules"
    rules.mkdir(parents=True)
    broken = RULE.strip().format(rule="local.tall", fact="employes")
    (rules / "local.tall.yaml").write_text(broken, encoding="utf-8")
    grant = tmp_path / "draft" / "rules" / "local.grant.yaml"
    grant.parent.mkdir(parents=True)
    grant.write_text(GRANT.format(limit="2000万", share="10%"), encoding="utf-8")


def test_the_page_has_an_example_of_every_command_that_works_on_files() -> None:
    named = {" ".join(command.split()[:2]) for command, _ in examples()}
    commands = {name.split(" --")[0] for name in named}
    assert commands == {
        "match", "explain", "bundle", "due", "calendar check", "calendar show",
        "rules list", "rules check", "rules pack", "rules rehearse",
    }  # fmt: skip


@pytest.mark.parametrize(("command", "output"), list(examples()))
def test_an_example_is_what_the_command_says(run: Command, command: str, output: str) -> None:
    answer = run(*shlex.split(command))
    lines = ["(?:.*\n)*" if line == "…\n" else re.escape(line) for line in output.splitlines(True)]
    assert re.fullmatch("".join(lines), answer.out + answer.err), answer


def test_every_command_and_exit_code_is_on_the_page(run: Command) -> None:
    listed = run("--help").out.split("Commands:\n")[1]
    for line in listed.splitlines():
        assert f"{line.split()[0]}" in PAGE.split("```csv")[0]
    for code in (0, 1, 2, 70, 130):
        assert f"| {code} | " in PAGE
