"""Folders, counts and planes, without Spark: every way of cutting gives the same answers."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from openzone.packs.loading import national_catalogue
from tests.cli.conftest import Answer, Command
from tests.scale.conftest import DAY, FIRMS

RULES = 7
Ask = Callable[..., Answer]


@pytest.fixture
def ask(run: Command) -> Ask:
    def call(enterprises: Path, *options: object) -> Answer:
        return run("match", "--enterprises", enterprises, "--as-of", DAY, *options)

    return call


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_folder_gives_the_bytes_of_the_file(
    ask: Ask, file: Path, folder: Path, tmp_path: Path, suffix: str
) -> None:
    for number, (source, *options) in enumerate([(file,), (folder,), (file, "--parts", 7)]):
        answer = ask(source, "--out", tmp_path / f"{number}.{suffix}", *options)
        said = f"{FIRMS * RULES} answers written to {tmp_path / f'{number}.{suffix}'}\n"
        assert answer == (0, "", said)
    first, *others = [(tmp_path / f"{number}.{suffix}").read_bytes() for number in range(3)]
    assert others == [first, first]


def test_a_typed_file_gives_what_its_cells_give(
    ask: Ask, file: Path, table: pa.Table, tmp_path: Path
) -> None:
    labels = {"employees": national_catalogue()["employees"].label.zh}
    headings = [labels.get(name, name) for name in table.column_names]
    pq.write_table(table.rename_columns(headings), tmp_path / "labels.parquet")
    assert headings != table.column_names
    assert ask(tmp_path / "labels.parquet").out == ask(file).out


def test_counts_are_the_records_counted(ask: Ask, folder: Path, tmp_path: Path) -> None:
    records = [json.loads(line) for line in ask(folder).out.splitlines()]
    counts = [json.loads(line) for line in ask(folder, "--answers", "counts").out.splitlines()]
    outcomes = Counter((record["rule"], record["outcome"]) for record in records)
    values = Counter((record["rule"], record["value"]) for record in records)
    assert len(counts) == RULES
    for row in counts:
        found = [outcomes[row["rule"], outcome] for outcome in ("met", "not_met", "unknown")]
        assert [row["met"], row["not_met"], row["unknown"]] == found
        assert row["enterprises"] == sum(found) == FIRMS
        assert all(values[row["rule"], name] == count for name, count in row["values"].items())
    assert ask(folder, "--answers", "counts", "--out", tmp_path / "c.csv").code == 0
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as stream:
        assert [int(row["met"]) for row in csv.DictReader(stream)] == [row["met"] for row in counts]


def test_planes_hold_a_bit_for_every_record(ask: Ask, folder: Path, tmp_path: Path) -> None:
    records = [json.loads(line) for line in ask(folder).out.splitlines()]
    out = tmp_path / "planes.parquet"
    assert ask(folder, "--answers", "planes", "--out", out).code == 0
    met: dict[str, list[bool]] = {}
    classes: list[int] = []
    for row in pq.read_table(out).to_pylist():
        bits = np.unpackbits(np.frombuffer(row["met"], np.uint8), bitorder="little")
        met.setdefault(row["rule"], []).extend(bits[: row["rows"]].astype(bool).tolist())
        classes += row["value"] or b""
    for rule, flags in met.items():
        expected = [each["outcome"] == "met" for each in records if each["rule"] == rule]
        assert flags == expected, rule
    named = [each["value"] for each in records if each["rule"] == "cn.size_class"]
    levels = [None, "large", "medium", "small", "micro"]
    assert [levels[code] for code in classes] == named


def _spoil(folder: Path, table: pa.Table, name: str, column: str, values: list[Any]) -> Path:
    folder.mkdir()
    pq.write_table(table.slice(0, 30), folder / "a.parquet")
    other = table.slice(30, 3)
    place = other.column_names.index(column)
    pq.write_table(other.set_column(place, column, pa.array(values)), folder / name)
    return folder


def test_a_value_that_is_none_is_named_with_its_file_and_nothing_is_written(
    ask: Ask, table: pa.Table, tmp_path: Path
) -> None:
    bad = _spoil(tmp_path / "bad", table, "b.parquet", "employees", [5.0, float("nan"), -1.0])
    (tmp_path / "out.csv").write_text("earlier", encoding="utf-8")
    for out in ([], ["--out", tmp_path / "out.csv"]):
        answer = ask(bad, *out)
        assert (answer.code, answer.out) == (2, "")
        assert f"{bad / 'b.parquet'}: " in answer.err
        assert "column “employees”" in answer.err or "(employees)" in answer.err
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_one_enterprise_in_two_files_is_refused(ask: Ask, table: pa.Table, tmp_path: Path) -> None:
    name = "id" if "id" in table.column_names else "uscc"
    first = table[name][0].as_py()
    ids = [first, *table[name].slice(31, 2).to_pylist()]
    answer = ask(_spoil(tmp_path / "double", table, "b.parquet", name, ids))
    assert answer == (2, "", f"“{first}” is in a.parquet and in b.parquet\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("notes.txt", "it may hold only parquet files, not notes.txt"),
        ("year=2025", "not year=2025"),
    ],
)
def test_a_folder_with_anything_else_is_refused(
    ask: Ask, table: pa.Table, tmp_path: Path, name: str, said: str
) -> None:
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / name).mkdir() if "=" in name else (tmp_path / name).touch()
    answer = ask(tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_files_without_identity_cannot_be_put_together(
    ask: Ask, table: pa.Table, tmp_path: Path
) -> None:
    for name in ("a.parquet", "b.parquet"):
        pq.write_table(table.select(["employees", "industry"]).slice(0, 5), tmp_path / name)
    said = "a.parquet: where several files are read, each needs a column id or uscc\n"
    assert ask(tmp_path) == (2, "", said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--answers", "planes"], "planes need --out, a parquet file"),
        (["--answers", "counts", "--out", "c.xlsx"], "not supported, use .csv, .jsonl"),
        (["--answers", "all"], "--answers: there is no “all”, use one of"),
        (["--engine", "hadoop"], "--engine: there is no “hadoop”, use one of"),
        (["--parts", "0"], "--parts: must be at least 1"),
    ],
)
def test_options_that_make_no_sense_end_in_a_sentence(
    ask: Ask, file: Path, options: list[str], said: str
) -> None:
    answer = ask(file, *options)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_counts_and_spark_are_for_files(run: Command) -> None:
    said = "--answers and --engine are for files: add --enterprises\n"
    assert run("match", "--answers", "counts") == (2, "", said)


def test_answers_are_not_written_into_the_folder_that_is_read(ask: Ask, folder: Path) -> None:
    answer = ask(folder, "--out", folder / "answers.parquet")
    assert answer.code == 2
    assert "is in the folder being read" in answer.err
