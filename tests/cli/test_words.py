"""The command speaks the language of whoever runs it, and says how to go on."""

import os

import pytest

from tests.cli.conftest import LOCALE, Command

COMMANDS = (
    "match",
    "explain",
    "lights",
    "due",
    "import",
    "verify",
    "demo",
    "setup",
    "serve",
    "worker",
)
GROUPS = ("rules", "calendar", "projects")
NOT_A_DAY = ("match", "--as-of", "昨天")
ZH, EN = "“昨天”不是日期", "“昨天” is not a date"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"OPENZONE_LANG": "zh"}, (True, False)),
        ({"OPENZONE_LANG": "en", "LANG": "zh_CN.UTF-8"}, (False, True)),
        ({"LANG": "zh_CN.UTF-8"}, (True, False)),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, (False, True)),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, (True, True)),
        ({}, (True, True)),
        ({"OPENZONE_LANG": "fr"}, (True, True)),
    ],
)
def test_the_language_comes_from_the_environment_and_is_both_where_unknown(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    expected: tuple[bool, bool],
) -> None:
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said = run(*NOT_A_DAY).err
    assert (ZH in said, EN in said) == expected


def test_help_names_every_command(run: Command) -> None:
    for answer in (run("--help"), run()):
        assert answer.code == 0
        for name in (*COMMANDS, *GROUPS):
            assert f"  {name} " in answer.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Command, name: str) -> None:
    answer = run(name, "--help")
    assert answer.code == 0
    assert f"Usage: openzone {name}" in answer.out


@pytest.mark.parametrize(("language", "said"), [("zh", "逐条说明一个答案"), ("en", "prove one")])
def test_help_is_in_the_users_language(command: Command, language: str, said: str) -> None:
    answer = command("--help", OPENZONE_LANG=language)
    assert (answer.code, answer.err) == (0, "")
    assert said in answer.out


def test_help_is_in_both_languages_where_none_is_known(command: Command) -> None:
    out = command("explain", "--help", OPENZONE_LANG="", LANG="C").out
    assert "规则编号，如 cn.high_tech / such as cn.high_tech" in out


def test_the_version_is_that_of_the_package(run: Command) -> None:
    assert run("--version") == (0, "openzone 0.1.0\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "there is no command “frobnicate”; see openzone --help"),
        (["rules"], "name a subcommand; see openzone rules --help"),
        (["calendar", "chek"], "there is no command “chek”; see openzone calendar --help"),
        (["explain"], "the option --enterprise is missing; see openzone explain --help"),
        (["import"], "the argument FILE is missing; see openzone import --help"),
        (["match", "--rule"], "the option --rule needs a value; see openzone --help"),
        (
            ["match", "--asof", "x"],
            "there is no option --asof; close to it: --as-of, --parts; see openzone match --help",
        ),
        (["match", "-x"], "there is no option -x; see openzone match --help"),
        (["match", "one", "two"], "surplus arguments: one two; see openzone match --help"),
        (["match", "--ignore-unknown=yes"], "the option --ignore-unknown takes no value; see"),
        (["serve", "--port", "http"], "--port: not a whole number; see openzone serve --help"),
        (["serve", "--port", "0"], "--port: must be at least 1; see openzone serve --help"),
        (["calendar", "show", "9999"], "YEAR: must be at most 2100; see openzone calendar show"),
    ],
)
def test_a_command_line_that_cannot_be_understood_ends_in_one_sentence(
    run: Command, arguments: list[str], said: str
) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1


def test_and_in_chinese(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENZONE_LANG", "zh")
    assert run("explain").err == "缺少选项 --enterprise；用法见 openzone explain --help\n"


def test_a_c_locale_does_not_break_chinese(command: Command) -> None:
    answer = command("rules", "list", LC_ALL="C", PYTHONIOENCODING="ascii", OPENZONE_LANG="zh")
    assert answer.code == 0
    assert "高新技术企业认定" in answer.out


def test_a_file_name_in_another_encoding_does_not_break_the_answer(run: Command) -> None:
    name = os.fsdecode(b"\xff.csv")
    answer = run("match", "--enterprises", name)
    assert answer == (2, "", "File not found: \\udcff.csv\n")


def test_help_does_not_wait_for_the_engines(command: Command) -> None:
    """Half a second of imports on every ``--help`` would be noticed."""
    answer = command("--help", PYTHONPROFILEIMPORTTIME="1")
    assert answer.code == 0
    loaded = {line.rpartition("|")[2].strip() for line in answer.err.splitlines()}
    assert "openzone.cli.main" in loaded
    assert not loaded & {"numpy", "pyarrow", "django", "pydantic", "openpyxl"}
