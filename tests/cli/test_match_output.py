"""The file of answers: the same in every format, the same every time, whole or not at all."""

import csv
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from openzone.demo.parameters import parameters
from openzone.demo.population import generate
from openzone.engines.facts.catalogue import NEVER
from tests.cli.conftest import DEADLINE, Command, write_csv

DAY = dt.date(2026, 6, 30)
LISTS = ("failed", "missing", "near", "amount_missing", "relations")
Reader = Callable[[Path], list[dict[str, Any]]]


def population(count: int) -> list[dict[str, Any]]:
    few = parameters().model_copy(update={"count": count})
    return [
        {name: value for name, value in firm.facts.items() if value != NEVER}
        for firm in generate(few, DAY)
    ]


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("firms") / "firms.csv", population(300))


@pytest.fixture
def answered(run: Command, firms: Path, tmp_path: Path) -> Callable[[str], Path]:
    """``answered("a.csv")``: the answers for the firms in a file of that name."""

    def answer(name: str) -> Path:
        out = tmp_path / name
        said = run("match", "--enterprises", firms, "--as-of", DAY, "--out", out)
        assert said == (0, "", f"2100 answers written to {out}\n")
        return out

    return answer


def from_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def from_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [_unpacked(row) for row in csv.DictReader(file)]


def from_xlsx(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    return [_unpacked(dict(zip(map(str, header), row, strict=True))) for row in rows]


def from_parquet(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def _unpacked(row: dict[str, Any]) -> dict[str, Any]:
    """Cells hold lists as JSON; an empty cell has no value."""
    lists = {name: json.loads(row[name]) for name in LISTS}
    return {name: value or None for name, value in row.items()} | lists


def _as_text(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parquet keeps ``have`` and ``need`` as text: numbers, days and words share a column."""
    return [
        record
        | {
            "near": [
                near | {key: _text(near[key]) for key in ("have", "need")}
                for near in record["near"]
            ]
        }
        for record in records
    ]


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize(("name", "read"), [("a.csv", from_csv), ("a.xlsx", from_xlsx)])
def test_tables_hold_what_jsonl_holds(
    answered: Callable[[str], Path], name: str, read: Reader
) -> None:
    assert read(answered(name)) == from_jsonl(answered("a.jsonl"))


def test_parquet_holds_what_jsonl_holds(answered: Callable[[str], Path]) -> None:
    records = from_jsonl(answered("a.jsonl"))
    assert any(record["near"] for record in records)
    assert any(record["value"] for record in records)
    assert from_parquet(answered("a.parquet")) == _as_text(records)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_the_same_question_gives_the_same_bytes(answered: Callable[[str], Path], name: str) -> None:
    first = answered(name).read_bytes()
    assert answered(name).read_bytes() == first


def test_standard_output_is_the_jsonl_file(
    run: Command, firms: Path, answered: Callable[[str], Path]
) -> None:
    answer = run("match", "--enterprises", firms, "--as-of", DAY)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == answered("a.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "gbk"])
def test_the_format_of_the_input_makes_no_difference(
    run: Command, firms: Path, tmp_path: Path, answered: Callable[[str], Path], kind: str
) -> None:
    same = _rewritten(firms, tmp_path, kind)
    answer = run("match", "--enterprises", same, "--as-of", DAY, "--out", tmp_path / "b.jsonl")
    assert answer.code == 0, answer.err
    assert from_jsonl(tmp_path / "b.jsonl") == from_jsonl(answered("a.jsonl"))


def _rewritten(path: Path, folder: Path, kind: str) -> Path:
    import pyarrow.csv

    if kind == "gbk":
        other = folder / "firms-gbk.csv"
        other.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    elif kind == "parquet":
        other = folder / "firms.parquet"
        words = dict.fromkeys(("industry", "registered_in"), pyarrow.string())
        options = pyarrow.csv.ConvertOptions(column_types=words, strings_can_be_null=True)
        pq.write_table(pyarrow.csv.read_csv(path, convert_options=options), other)
    else:
        other = folder / "firms.xlsx"
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("数据")
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
        book.save(other)
    return other


def test_a_link_stays_a_link(answered: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("earlier", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    answered("link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert len(from_csv(tmp_path / "real.csv")) == 2100


def test_a_full_disk_leaves_the_earlier_file(firms: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("earlier", encoding="utf-8")
    limited = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", sys.executable, "-m", "openzone.cli"]
    answer = subprocess.run(
        [*limited, "match", "--enterprises", firms, "--as-of", str(DAY), "--out", out],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"Cannot read or write {out}: File too large\n"
    assert out.read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(("end", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_a_command_stopped_in_mid_write_leaves_the_earlier_file(
    start: Callable[..., "subprocess.Popen[str]"],
    tmp_path: Path,
    end: signal.Signals,
    code: int,
) -> None:
    out = tmp_path / "a.xlsx"  # the slowest to write
    out.write_text("earlier", encoding="utf-8")
    many = write_csv(tmp_path / "many.csv", [{"id": n, "employees": 5} for n in range(60_000)])
    process = start("match", "--enterprises", many, "--as-of", DAY, "--out", out)
    _wait_for(lambda: list(tmp_path.glob(".a.xlsx.*")))
    process.send_signal(end)
    assert process.wait(DEADLINE) == code
    assert out.read_text(encoding="utf-8") == "earlier"
    if end == signal.SIGINT:
        assert list(tmp_path.glob(".*")) == []


def _wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.005)


def test_a_reader_that_has_seen_enough_is_no_fault(firms: Path) -> None:
    pipe = f"{sys.executable} -m openzone.cli match --enterprises {firms} | head -1"
    answer = subprocess.run(
        ["bash", "-c", pipe],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert json.loads(answer.stdout)["rule"] == "cn.above_scale"
    assert answer.stderr == ""
