"""``openzone match`` on a large zone's file: 100,000 enterprises, every rule.

    python benchmarks/match_files.py [--enterprises 100000] [--folder DIR]

Writes the synthetic population as csv, twice: plain, and with 无 where a firm is known to have no
certificate. Then runs the command on each, to csv and to parquet, and prints wall-clock and
processor seconds.
"""

import argparse
import csv
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

AS_OF = dt.date(2026, 6, 30)


def main() -> None:
    """Write the files unless they are there, then run the command on them."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="openzone-bench-") as folder:
        place = Path(arguments.folder or folder)
        for name, none in (("plain", ""), ("none stated", "无")):
            path = place / f"{name.replace(' ', '-')}-{arguments.enterprises}.csv"
            if not path.exists():
                _write(path, arguments.enterprises, none)
            for ending in (".csv", ".parquet"):
                _run(name, path, place / f"answers{ending}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--folder")
    return parser.parse_args()


def _write(path: Path, count: int, none: str) -> None:
    """Write a population; ``none`` stands for "there is no certificate"."""
    from openzone.demo.parameters import parameters
    from openzone.demo.population import generate
    from openzone.engines.facts.catalogue import NEVER

    def cell(value: Any) -> Any:
        if value == NEVER:
            return none
        return str(value).lower() if isinstance(value, bool) else value

    firms = [
        firm.facts for firm in generate(parameters().model_copy(update={"count": count}), AS_OF)
    ]
    names = ["id", *sorted({name for firm in firms for name in firm} - {"id"})]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows({name: cell(value) for name, value in firm.items()} for firm in firms)


def _run(name: str, path: Path, out: Path) -> None:
    command = [sys.executable, "-m", "openzone.cli", "match", "--enterprises", path]
    before, started = _processor(), time.perf_counter()
    subprocess.run(
        [*map(str, command), "--as-of", str(AS_OF), "--out", str(out)],
        check=True,
        env={**os.environ, "OPENZONE_PACKS": ""},
    )
    seconds = time.perf_counter() - started
    sizes = f"{path.stat().st_size / 1e6:5.1f} MB → {out.stat().st_size / 1e6:5.1f} MB"
    processor = _processor() - before
    print(f"  {name:12} {out.suffix:9} {sizes}  {seconds:6.1f} s  processor {processor:6.1f} s")


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
