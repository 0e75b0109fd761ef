"""One Spark for all tests that need it; without pyspark or Java they are skipped, loudly."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from openzone.demo.parameters import parameters
from openzone.demo.population import generate
from openzone.engines.facts.catalogue import NEVER
from openzone.packs.loading import national_catalogue
from openzone.scale.spark import SparkUnavailableError, check_installed, running
from tests.cli.conftest import _english, command, run, start

__all__ = ["_english", "command", "run", "start"]

DAY = dt.date(2026, 6, 30)
MASTER = "local[2]"
FIRMS = 60


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A running Spark, which commands in this process use instead of one of their own."""
    try:
        check_installed()
    except SparkUnavailableError as missing:
        pytest.skip(f"SPARK IS NOT TESTED: {missing.reason.en}")
    with running(MASTER) as context:
        yield context


@pytest.fixture(scope="session")
def table() -> pa.Table:
    """Made-up enterprises (示例) as typed columns of facts."""
    few = parameters().model_copy(update={"count": FIRMS})
    facts = [firm.facts for firm in generate(few, DAY)]
    names = list(dict.fromkeys(name for firm in facts for name in firm))
    return pa.table({name: _column(name, [firm.get(name) for firm in facts]) for name in names})


def _column(name: str, values: list[Any]) -> pa.Array:
    catalogue = national_catalogue()
    if name in catalogue and catalogue[name].type.is_numeric:
        return pa.array([None if value is None else float(value) for value in values])
    return pa.array([None if value == NEVER else value for value in values])


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory, table: pa.Table) -> Path:
    """The enterprises as one file, of row groups that end at odd places."""
    path = tmp_path_factory.mktemp("file") / "firms.parquet"
    pq.write_table(table, path, row_group_size=17)
    return path


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, table: pa.Table) -> Path:
    """The same enterprises as Spark would leave them: parts, a mark and checksums."""
    path = tmp_path_factory.mktemp("folder") / "firms.parquet"
    path.mkdir()
    for number, first in enumerate(range(0, table.num_rows, 25)):
        pq.write_table(table.slice(first, 25), path / f"part-{number:05}.parquet")
    (path / "_SUCCESS").touch()
    (path / "._SUCCESS.crc").touch()
    return path
