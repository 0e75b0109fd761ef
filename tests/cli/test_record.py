"""``verify``, ``setup``, ``worker``, ``serve``: the zone's own machinery from the command line."""

import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from tests.cli.bad_files import Writer, folder, nothing, raw, sparse, text
from tests.cli.conftest import DEADLINE, Command
from tests.cli.zones import Zone
from tests.plugins.guards import unprotected

Start = Callable[..., "subprocess.Popen[str]"]
NEEDS_A_ZONE = (
    ["match"],
    ["explain", "--enterprise", "A1", "--rule", "cn.high_tech"],
    ["import", "a.xlsx"],
    ["verify"],
    ["worker"],
    ["serve"],
)


@pytest.mark.django_db
class TestVerify:
    @pytest.fixture(autouse=True)
    def _five_events(self) -> None:
        with transaction.atomic():
            for number in range(5):
                record("test.happened", actor=Actor.system("tests"), subject=f"thing:{number}")

    def tamper(self, sql: str) -> None:
        with unprotected(connection), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_an_intact_log(self, run: Command) -> None:
        assert run("verify") == (0, "the log is intact: 5 events verified\n", "")

    def test_an_edit_is_named_and_the_exit_code_is_one(self, run: Command) -> None:
        self.tamper("UPDATE audit_event SET subject = 'thing:9' WHERE seq = 3")
        answer = run("verify")
        assert (answer.code, answer.err) == (1, "")
        assert "event 3 was edited" in answer.out
        assert answer.out.splitlines()[-1] == "the log has 1 faults: 5 events verified"

    def test_an_anchor_shows_what_a_perfect_forger_did(self, run: Command, tmp_path: Path) -> None:
        anchor = tmp_path / "anchor.json"
        assert run("verify", "--export-anchor", anchor).code == 0
        assert json.loads(anchor.read_text(encoding="utf-8"))["seq"] == 5
        assert run("verify", "--anchor", anchor).code == 0
        self.tamper("DELETE FROM audit_event")
        self.tamper("DELETE FROM audit_chainhead")
        assert run("verify").code == 0
        answer = run("verify", "--anchor", anchor)
        assert answer.code == 1
        assert "the end was cut off: 5 events were written, 0 are there" in answer.out

    def test_a_broken_log_gives_no_anchor(self, run: Command, tmp_path: Path) -> None:
        anchor = tmp_path / "anchor.json"
        anchor.write_text("earlier", encoding="utf-8")
        self.tamper("DELETE FROM audit_event WHERE seq = 2")
        assert run("verify", "--export-anchor", anchor).code == 1
        assert anchor.read_text(encoding="utf-8") == "earlier"

    @pytest.mark.parametrize(
        ("write", "said"),
        [
            (nothing, "File not found: "),
            (folder, "This is a folder, not a file: "),
            (text(""), "is not an anchor of the log"),
            (text("{}"), "is not an anchor of the log"),
            (text("[1, 2]"), "is not an anchor of the log"),
            (text('{"seq": "5", "hash": "x", "at": null, "count": 5}'), "is not an anchor"),
            (text('{"seq": -5, "hash": "x", "at": null, "count": 5}'), "is not an anchor"),
            (text("[" * 5000), "is not an anchor of the log"),
            (raw(b"\xff\xfe\x00"), "is not an anchor of the log"),
            (sparse(b"{}"), "is not an anchor of the log"),
        ],
    )
    def test_what_is_no_anchor_is_refused(
        self, run: Command, tmp_path: Path, write: Writer, said: str
    ) -> None:
        path = tmp_path / "anchor.json"
        write(path)
        answer = run("verify", "--anchor", path)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err
        assert str(path) in answer.err


class TestWithoutAZone:
    @pytest.mark.parametrize("arguments", NEEDS_A_ZONE, ids=lambda arguments: arguments[0])
    def test_a_command_that_needs_one_says_how_to_make_it(
        self, command: Command, tmp_path: Path, arguments: list[str]
    ) -> None:
        data = tmp_path / "nowhere"
        answer = command(*arguments, OPENZONE_DATA=str(data), DATABASE_URL="")
        assert (answer.code, answer.out) == (2, "")
        assert "Run openzone setup or openzone demo first" in answer.err
        assert not data.exists()

    def test_a_database_that_is_none(self, command: Command, tmp_path: Path) -> None:
        (tmp_path / "zone.sqlite3").write_text("这不是数据库", encoding="utf-8")
        answer = command("verify", OPENZONE_DATA=str(tmp_path), DATABASE_URL="")
        said = "The database cannot be used: file is not a database\n"
        assert answer == (2, "", said)

    def test_a_server_that_does_not_answer(self, command: Command, tmp_path: Path) -> None:
        url = f"postgres://zone@{str(tmp_path).replace('/', '%2F')}/zone"
        answer = command("verify", OPENZONE_DATA=str(tmp_path), DATABASE_URL=url)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("The database cannot be used: ")
        assert answer.err.count("\n") == 1

    def test_an_address_that_is_none(self, command: Command, tmp_path: Path) -> None:
        answer = command("verify", OPENZONE_DATA=str(tmp_path), DATABASE_URL="oracle//x")
        assert (answer.code, answer.out) == (2, "")
        assert "write it like postgres://user:password@host/database" in answer.err

    def test_a_data_folder_that_cannot_be_made(self, command: Command, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.touch()
        answer = command("setup", OPENZONE_DATA=str(file), DATABASE_URL="")
        assert answer == (2, "", f"Cannot read or write {file}: File exists\n")


def test_setting_up_twice_is_setting_up_once(command: Command, zone: Zone) -> None:
    assert command("setup", **zone.environment) == (0, "", "The zone's database is ready.\n")
    assert command("verify", **zone.environment).code == 0


def test_a_worker_ends_when_told_to(start: Start, zone: Zone) -> None:
    process = start("worker", **zone.environment)
    assert process.stderr is not None
    assert process.stderr.readline() == "Running background jobs, Ctrl-C ends.\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(DEADLINE) == 0


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_port_that_somebody_has(command: Command, zone: Zone) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        taken = somebody.getsockname()[1]
        answer = command("serve", "--port", taken, **zone.environment)
    said = f"Cannot use 127.0.0.1:{taken}: Address already in use. Choose another --host or --port."
    assert answer == (2, "", said + "\n")


def test_a_host_that_is_not_here(command: Command, zone: Zone) -> None:
    answer = command("serve", "--host", "203.0.113.1", **zone.environment)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Cannot use 203.0.113.1:8000: ")


def test_the_site_answers_and_ends_with_its_worker(start: Start, zone: Zone, port: int) -> None:
    process = start("serve", "--port", port, **zone.environment)
    page = _page(f"http://127.0.0.1:{port}/", process)
    assert "OpenZone" in page
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=DEADLINE)  # comes back only when the worker, too, has gone
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _page(address: str, process: "subprocess.Popen[str]") -> str:
    deadline = time.monotonic() + DEADLINE
    while True:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.URLError:
            time.sleep(0.05)
