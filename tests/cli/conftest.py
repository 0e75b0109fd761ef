"""The command, in this process where only words and files matter, else as a process of its own."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from openzone.cli.main import main
from tests.cli.zones import Zone, new_zone

DEADLINE = 300
LOCALE = ("OPENZONE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
Command = Callable[..., "Answer"]


class Answer(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write rows that need not have the same columns; what a row lacks stays empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return path


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """English messages, the national packs, and a folder of the test's own to work in."""
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENZONE_LANG", "en")
    monkeypatch.delenv("OPENZONE_PACKS", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """``run("match", "--out", path)``: the command in this process."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        return Answer(int(code or 0), *capsys.readouterr())

    return call


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., "subprocess.Popen[str]"]:
    """``start("worker", OPENZONE_DATA=folder)``: the command as a process, left running."""
    started: list[subprocess.Popen[str]] = []

    def call(*arguments: object, **environment: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "openzone.cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield call
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def command(start: Callable[..., "subprocess.Popen[str]"]) -> Command:
    """``command("match", …)``: the command as a process of its own."""

    def call(*arguments: object, **environment: str) -> Answer:
        process = start(*arguments, **environment)
        out, err = process.communicate(timeout=DEADLINE)
        return Answer(process.returncode, out, err)

    return call


@pytest.fixture(scope="session")
def _empty_zone(tmp_path_factory: pytest.TempPathFactory) -> Zone:
    """A zone that ``openzone setup`` has made, to be copied."""
    zone = new_zone(tmp_path_factory.mktemp("zone"))
    subprocess.run(
        [sys.executable, "-m", "openzone.cli", "setup"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **zone.environment},
        check=True,
        capture_output=True,
    )
    return zone


@pytest.fixture
def bare_zone(tmp_path: Path) -> Zone:
    """A database of the test's own with nothing in it, not even tables."""
    return new_zone(tmp_path)


@pytest.fixture
def zone(_empty_zone: Zone, tmp_path: Path) -> Zone:
    """A zone of the test's own, set up and empty."""
    return new_zone(tmp_path, _empty_zone)
