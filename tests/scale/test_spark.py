"""The same question on Spark: the same bytes, the same refusals, nothing left behind."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.match import match
from openzone.engines.rules.tabular import record_table
from openzone.packs.loading import national_catalogue, national_rules
from openzone.scale import spark as scale
from tests.cli.conftest import Answer, Command, write_csv
from tests.cli.test_match_input import RULE
from tests.scale.conftest import DAY, MASTER

Both = Callable[..., tuple[Answer, Answer]]
LOCAL = ("127.0.0.1", "::1", "::ffff:127.0.0.1")


@pytest.fixture
def both(spark: Any, run: Command) -> Both:
    """``both(file, …)``: what the command says here, and on Spark."""

    def call(enterprises: Path, *options: object) -> tuple[Answer, Answer]:
        asked = ("match", "--enterprises", enterprises, "--as-of", DAY, *options)
        here = run(*asked)
        return here, run(*asked, "--engine", "spark", "--spark-master", MASTER)

    return call


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_the_file_of_answers_is_the_same_byte_for_byte(
    spark: Any, run: Command, file: Path, folder: Path, tmp_path: Path, suffix: str
) -> None:
    asked = ("match", "--as-of", DAY, "--enterprises")
    on_spark = ("--engine", "spark", "--spark-master", MASTER)
    here, there, parted = (tmp_path / f"{name}.{suffix}" for name in ("here", "there", "parted"))
    assert run(*asked, file, "--out", here).code == 0
    assert run(*asked, file, "--out", there, *on_spark).code == 0
    assert run(*asked, folder, "--out", parted, *on_spark).code == 0
    assert len(here.read_bytes()) > 1000
    assert there.read_bytes() == here.read_bytes()
    assert parted.read_bytes() == here.read_bytes()
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("parts", [1, 9])
def test_however_many_parts_there_are(both: Both, file: Path, parts: int) -> None:
    here, there = both(file, "--parts", parts)
    assert there == here
    assert here.code == 0


def test_counts_and_planes_are_the_same(
    both: Both, run: Command, folder: Path, tmp_path: Path
) -> None:
    here, there = both(folder, "--answers", "counts")
    assert here.code == 0
    assert there == here
    planes = ("--answers", "planes", "--parts", 4, "--out")
    asked = ("match", "--enterprises", folder, "--as-of", DAY, *planes)
    assert run(*asked, tmp_path / "here.parquet").code == 0
    assert run(*asked, tmp_path / "there.parquet", "--engine", "spark").code == 0
    there = (tmp_path / "there.parquet").read_bytes()
    assert there == (tmp_path / "here.parquet").read_bytes()


def test_a_csv_is_read_here_and_answered_there(both: Both, tmp_path: Path) -> None:
    rows = [{"industry": "C3841", "employees": 5, "name": "示例公司"}, {"employees": "30人"}]
    path = write_csv(tmp_path / "firms.csv", rows)
    here, there = both(path, "--rule", "cn.size_class")
    assert [line[:11] for line in here.out.splitlines()] == ['{"id": "2",', '{"id": "3",']
    assert there == here


def test_values_that_are_not_plain_are_read_here_too(
    both: Both, table: pa.Table, tmp_path: Path
) -> None:
    place = table.column_names.index("employees")
    words = pa.array([f"{count}人" for count in table["employees"].to_pylist()])
    pq.write_table(table.set_column(place, "employees", words), tmp_path / "firms.parquet")
    here, there = both(tmp_path / "firms.parquet")
    assert here.code == 0
    assert there == here


def test_what_is_wrong_is_said_in_the_same_words(
    both: Both, table: pa.Table, tmp_path: Path
) -> None:
    place = table.column_names.index("employees")
    bad = pa.array([-1.0, *[5.0] * (table.num_rows - 1)])
    pq.write_table(table.set_column(place, "employees", bad), tmp_path / "firms.parquet")
    here, there = both(tmp_path / "firms.parquet", "--out", tmp_path / "out.csv")
    assert here.code == 2
    assert there == here
    assert [path.name for path in tmp_path.iterdir()] == ["firms.parquet"]


def test_the_rules_of_the_one_who_asks_are_answered(
    both: Both, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The processes of Spark were started under other packs; they must not look at their own."""
    (tmp_path / "packs" / "rules").mkdir(parents=True)
    own = RULE.format(rule="zone.small", fact="employees")
    (tmp_path / "packs" / "rules" / "zone.small.yaml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("OPENZONE_PACKS", str(tmp_path / "packs"))
    path = write_csv(tmp_path / "firms.csv", [{"id": "A1", "employees": 3}])
    here, there = both(path, "--rule", "zone.small")
    assert '"rule": "zone.small", "version": "1", "outcome": "met"' in here.out
    assert there == here


def test_tables_that_only_spark_has_are_answered_where_they_are(
    spark: Any, folder: Path, table: pa.Table
) -> None:
    from pyspark.sql import SparkSession

    plan = compile_rules(national_rules(), national_catalogue(), DAY)
    session = SparkSession(spark)
    answers = scale.records(session.read.parquet(str(folder)), plan)
    found = answers.toArrow().sort_by([("id", "ascending"), ("rule", "ascending")])
    expected = record_table(list(match(plan, Columns.from_arrow(table, plan.catalogue))))
    assert expected.num_rows == table.num_rows * 7
    assert (
        found.to_pylist()
        == expected.sort_by([("id", "ascending"), ("rule", "ascending")]).to_pylist()
    )


def test_a_fault_in_a_task_is_not_taken_for_a_missing_spark(spark: Any) -> None:
    with pytest.raises(Exception, match="division by zero") as caught:
        scale.spread(lambda number: 1 / number, [1, 0], MASTER)
    assert not isinstance(caught.value, scale.SparkUnavailableError)


def test_no_port_is_open_beyond_this_machine(spark: Any) -> None:
    process = spark._gateway.proc.pid
    sockets = {
        os.readlink(link) for link in Path(f"/proc/{process}/fd").iterdir() if _is_link(link)
    }
    listening = [
        address for address, inode in _listening(process) if f"socket:[{inode}]" in sockets
    ]
    assert listening
    assert {address for address in listening if address not in LOCAL} == set()


def _is_link(path: Path) -> bool:
    return os.path.lexists(path)


def _listening(process: int) -> list[tuple[str, str]]:
    """Return address and inode of every socket that listens, as /proc/net has them."""
    found = []
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{name}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                found.append((_address(fields[1].split(":")[0]), fields[9]))
    return found


def _address(digits: str) -> str:
    words = [bytes.fromhex(digits[at : at + 8])[::-1] for at in range(0, len(digits), 8)]
    *before, last = words
    dotted = ".".join(map(str, last))
    mapped = b"".join(before)
    if not before:
        return dotted
    if mapped == bytes(10) + b"\xff\xff":
        return f"::ffff:{dotted}"
    return "::1" if mapped == bytes(12) and last == b"\0\0\0\1" else digits


def test_a_command_of_its_own_starts_spark_quietly_and_leaves_nothing(
    spark: Any, command: Command, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "tmp").mkdir()
    asked = ("match", "--enterprises", file, "--as-of", DAY, "--rule", "cn.size_class")
    here = command(*asked)
    there = command(
        *asked, "--engine", "spark", "--spark-master", MASTER, TMPDIR=str(tmp_path / "tmp")
    )
    assert here.code == 0
    assert there == here
    assert list((tmp_path / "tmp").iterdir()) == []
