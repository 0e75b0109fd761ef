"""Importing a workbook of 20,000 rows and 30 columns, the first time and again.

    python benchmarks/registry_import.py [--rows 20000] [--folder DIR]

Into an empty record in a temporary folder, or into the one that stands in ``--folder`` already
(``registry_scale.py --folder DIR`` builds 100,000 enterprises with 60 facts each). With
``DATABASE_URL`` set it runs there. The enterprises are synthetic.
"""

import argparse
import datetime as dt
import io
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

AS_OF = dt.date(2026, 6, 30)
COLUMNS = 30


def main() -> None:
    """Write the workbook, import it twice, print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="openzone-bench-") as folder:
        os.environ["OPENZONE_DATA"] = arguments.folder or folder
        _prepare()
        data = _workbook(arguments.rows)
        print(f"{arguments.rows:,} rows x {COLUMNS} columns, {len(data) / 1e6:.1f} MB")
        _import("first time", data)
        _import("again", data)


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "openzone.settings"
    import django
    from django.core.management import call_command

    Path(os.environ["OPENZONE_DATA"]).mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def _import(what: str, data: bytes) -> None:
    from openzone.zone.audit.actors import Actor
    from openzone.zone.registry.imports.apply import apply_batch
    from openzone.zone.registry.imports.check import check_batch
    from openzone.zone.registry.imports.receiving import receive_upload

    actor = Actor.system("benchmark")
    batch = receive_upload(
        actor=actor, file_name="示例台账.xlsx", data=data, as_of=AS_OF, synthetic=True
    )
    _timed(f"{what}: check", lambda: check_batch(actor=actor, batch=batch))
    _timed(f"{what}: apply", lambda: apply_batch(actor=actor, batch=batch, good_rows_only=True))
    facts = {key: count for key, count in batch.counts.items() if key.startswith("facts")}
    print(
        f"  {batch.counts['rows']:,} rows, {facts}, "
        f"{batch.counts['review']:,} to be reviewed, {batch.counts['bad']:,} waiting"
    )


def _timed(what: str, work: Callable[[], object]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    print(
        f"  {what:20s} {time.perf_counter() - wall:6.1f} s "
        f"({time.process_time() - cpu:.1f} s of processor time)"
    )


def _workbook(rows: int) -> bytes:
    """A workbook under the Chinese labels of the catalogue, money in 万元."""
    import xlsxwriter

    facts = _facts()
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["企业名称", "统一社会信用代码", *map(_heading, facts)])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, _cells(row, facts))
    return buffer.getvalue()


def _facts() -> list[Any]:
    from openzone.zone.registry.packs import IDENTITY, catalogue

    kinds = ("yuan", "number", "date", "code", "bool")
    wanted = [
        f for f in catalogue() if f.type in kinds and f.name not in (*IDENTITY, "registered_in")
    ]
    return wanted[: COLUMNS - 2]


def _heading(fact: Any) -> str:
    label = (
        f"{2026 - fact.years_back}年{fact.series.label.zh}" if fact.years_back else fact.label.zh
    )
    return f"{label}(万元)" if fact.type == "yuan" else label


def _cells(row: int, facts: list[Any]) -> list[Any]:
    from openzone.engines.identity import uscc

    chosen = random.Random(row)
    brand = "".join(chosen.choice("晶能光海云星科创达通华远瑞和天宇新佳德隆") for _ in range(4))
    trade = chosen.choice(["电池科技", "新能源", "半导体", "软件技术", "生物医药", "机械制造"])
    name = f"合肥{brand}{trade}有限公司"
    return [name, uscc.make("9", "1", "340100", f"{row:08d}"), *(_cell(f, chosen) for f in facts)]


def _cell(fact: Any, chosen: random.Random) -> Any:
    match fact.type.value:
        case "date":
            return f"{chosen.randint(1995, 2025)}-{chosen.randint(1, 12):02d}-01"
        case "bool":
            return chosen.choice(["是", "否"])
        case "code":
            return chosen.choice(["C3841", "C3922", "I6510", "C2710", "F5131"])
        case "number":
            return chosen.randint(0, 900)
        case _:
            return round(chosen.uniform(1, 90_000), 2)


if __name__ == "__main__":
    main()
