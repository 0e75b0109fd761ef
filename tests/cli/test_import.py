"""``openzone import``: the whole file or nothing, twice is once, and every problem by its place."""

import datetime as dt
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from openzone.zone.audit.models import Event
from openzone.zone.registry.models import Enterprise, Fact, ImportBatch
from tests.cli.bad_files import BAD
from tests.cli.conftest import DEADLINE, Command
from tests.cli.zones import Zone
from tests.factories import make_enterprise, make_uscc
from tests.zone.registry.importing import row
from tests.zone.registry.workbooks import workbook

DAY = ("--as-of", "2026-03-31")
NAMES = [f"合肥示例{n}号精密机械有限公司" for n in range(1, 5)]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Three enterprises, all in order."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook([row(name, make_uscc(n)) for n, name in enumerate(NAMES[:3], 1)]))
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two in order, and one whose revenue nobody can read."""
    path = tmp_path / "有误.xlsx"
    rows = [row(name, make_uscc(n)) for n, name in enumerate(NAMES[:2], 1)]
    path.write_bytes(workbook([*rows, row(NAMES[2], make_uscc(3), revenue="很多")]))
    return path


def record() -> tuple[int, int]:
    return Enterprise.objects.count(), Fact.objects.count()


@pytest.mark.django_db
class TestInThisProcess:
    def test_a_file_in_order_goes_in(self, run: Command, ledger: Path) -> None:
        answer = run("import", ledger, *DAY)
        assert (answer.code, answer.out) == (0, "")
        assert answer.err.splitlines()[-2:] == [
            "3 rows: 3 good, 0 to review, 0 with problems, 0 double",
            "Written: 3 new enterprises, 9 new facts, 0 unchanged",
        ]
        assert record() == (3, 9)

    def test_importing_twice_changes_nothing(self, run: Command, ledger: Path) -> None:
        run("import", ledger, *DAY)
        facts = list(Fact.objects.order_by("pk").values())
        answer = run("import", ledger, *DAY)
        assert answer.code == 0
        last = answer.err.splitlines()[-1]
        assert last == "Written: 0 new enterprises, 0 new facts, 9 unchanged"
        assert list(Fact.objects.order_by("pk").values()) == facts

    def test_the_log_names_who_ran_the_command(self, run: Command, ledger: Path) -> None:
        run("import", ledger, *DAY)
        actors = Event.objects.order_by("seq").values_list("actor_kind", flat=True)
        assert set(actors) == {"command"}

    def test_a_dry_run_writes_nothing(self, run: Command, ledger: Path) -> None:
        answer = run("import", ledger, *DAY, "--dry-run")
        assert answer.code == 0
        assert "3 rows: 3 good" in answer.err
        assert record() == (0, 0)

    @pytest.mark.parametrize("options", [[], ["--dry-run"], ["--dry-run", "--good-rows"]])
    def test_a_problem_is_named_by_its_place_and_the_record_stays(
        self, run: Command, faulty: Path, options: list[str]
    ) -> None:
        answer = run("import", faulty, *DAY, *options)
        assert (answer.code, answer.out) == (2, "")
        first = answer.err.splitlines()[0]
        assert first.startswith("sheet “台账”, row 5, column E (2025年营业收入(万元)): “很多”")
        assert "3 rows: 2 good, 0 to review, 1 with problems, 0 double" in answer.err
        assert record() == (0, 0)

    def test_good_rows_can_go_in_while_bad_ones_wait(self, run: Command, faulty: Path) -> None:
        answer = run("import", faulty, *DAY, "--good-rows")
        assert answer.code == 0
        assert "Written: 2 new enterprises, 6 new facts, 0 unchanged" in answer.err
        assert record() == (2, 6)

    def test_the_workbook_comes_back_with_its_problems_marked(
        self, run: Command, faulty: Path, tmp_path: Path
    ) -> None:
        marked = tmp_path / "标出.xlsx"
        answer = run("import", faulty, *DAY, "--marked", marked)
        assert answer.code == 2
        assert f"Problems marked in {marked}" in answer.err
        cell = openpyxl.load_workbook(marked)["台账"]["E5"]
        assert cell.value == "很多"
        assert cell.comment is not None
        assert "很多" in cell.comment.text

    @pytest.mark.parametrize(
        ("target", "said"),
        [
            ("nowhere/a.xlsx", "--marked: there is no folder nowhere"),
            ("台账.xlsx", "--marked: 台账.xlsx is the file being read"),
        ],
    )
    def test_a_place_for_the_marked_workbook_that_cannot_be(
        self, run: Command, ledger: Path, target: str, said: str
    ) -> None:
        before = ledger.read_bytes()
        answer = run("import", "台账.xlsx", *DAY, "--marked", target)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err
        assert ledger.read_bytes() == before
        assert ImportBatch.objects.count() == 0

    # A list of problems, not a refusal of the file, is another matter: see above.
    @pytest.mark.parametrize(
        "name",
        [name for name in BAD if name.split(".")[0] not in {"twice", "noid", "unknown", "bomb"}],
    )
    def test_a_file_that_cannot_be_used_leaves_the_record_as_it_was(
        self, run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
    ) -> None:
        make_enterprise(NAMES[0])
        before = record()
        monkeypatch.delenv("OPENZONE_LANG")
        write, zh, en = BAD[name]
        path = tmp_path / name
        write(path)
        answer = run("import", path, *DAY)
        assert (answer.code, answer.out) == (2, "")
        if not name.startswith("large"):  # an upload meets the limit of size first
            assert zh in answer.err
            assert en in answer.err
        assert record() == before

    def test_a_day_in_the_future_is_refused(self, run: Command, ledger: Path) -> None:
        answer = run("import", ledger, "--as-of", "2999-01-01")
        assert (answer.code, answer.out) == (2, "")
        assert record() == (0, 0)

    def test_what_was_imported_is_matched_and_explained_from_the_record(
        self, run: Command, ledger: Path
    ) -> None:
        run("import", ledger, *DAY)
        asked = ("--rule", "cn.size_class", *DAY)
        records = run("match", *asked)
        assert (records.code, records.err) == (0, "")
        assert records.out.count('"value": "small"') == 3
        answer = run("explain", "--enterprise", NAMES[1], *asked)
        assert answer.code == 0
        assert answer.out.splitlines()[0].endswith(NAMES[1])
        assert "台账.xlsx" in answer.out

    @pytest.mark.parametrize("identifier", ["查无此人", "99", "", " "])
    def test_who_is_not_on_record_cannot_be_explained(self, run: Command, identifier: str) -> None:
        make_enterprise(NAMES[0])  # it has neither a number of its own nor a code
        answer = run("explain", "--enterprise", identifier, "--rule", "cn.size_class", *DAY)
        said = f"--enterprise: neither the record nor the disk has “{identifier}”\n"
        assert answer == (2, "", said)

    def test_a_rule_is_checked_before_the_record_is_read(self, run: Command) -> None:
        answer = run("match", "--rule", "cn.size_clas")
        assert answer.code == 2
        assert "there are cn.size_class" in answer.err


def test_killed_in_the_middle_it_leaves_nothing(
    command: Command,
    start: Callable[..., "subprocess.Popen[str]"],
    zone: Zone,
    tmp_path: Path,
) -> None:
    path = tmp_path / "台账.xlsx"
    rows = [row(f"合肥示例第{n}科技有限公司", make_uscc(n)) for n in range(1, 601)]
    path.write_bytes(workbook(rows))
    process = start("import", path, *DAY, **zone.environment)
    deadline = time.monotonic() + DEADLINE
    while zone.one("SELECT count(*) FROM registry_importbatch WHERE status = 'checked'") == 0:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGKILL)
    assert process.wait(DEADLINE) == -signal.SIGKILL
    assert set(zone.counts().values()) == {0}

    verified = command("verify", **zone.environment)
    assert verified.code == 0
    again = command("import", path, *DAY, **zone.environment)
    assert again.code == 0, again.err
    assert zone.counts()["registry_enterprise"] == 600


def test_from_a_workbook_to_the_answers_on_a_real_database(
    command: Command, zone: Zone, ledger: Path, tmp_path: Path
) -> None:
    assert command("import", ledger, *DAY, **zone.environment).code == 0
    before = zone.counts()
    assert command("import", ledger, *DAY, **zone.environment).code == 0
    after = zone.counts()
    assert (before["registry_enterprise"], before["registry_fact"]) == (3, 9)
    assert after == before | {"registry_source": after["registry_source"]}

    out = tmp_path / "answers.jsonl"
    day = str(dt.date(2026, 3, 31))
    answer = command("match", "--as-of", day, "--out", out, **zone.environment)
    assert (answer.code, answer.err) == (0, f"21 answers written to {out}\n")
    verified = command("verify", **zone.environment)
    assert verified == (0, "the log is intact: 7 events verified\n", "")
