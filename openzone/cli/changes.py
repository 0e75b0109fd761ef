"""Every change of a rehearsal as a line of a file, whole or not at all."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openzone.cli.files import check_target, whole_file
from openzone.cli.output import refuse, say
from openzone.engines.rules.rehearsal import Rehearsal
from openzone.engines.rules.rehearsal_report import Change, change_json, changes
from openzone.engines.text import Text

FIELDS = tuple(Change.__slots__)


def check_changes_target(out: Path | None, enterprises: Path) -> None:
    """Refuse, before anything is computed, a format or a place that cannot be written."""
    if out is None:
        return
    if out.suffix.lower() not in _WRITERS:
        names = list(_WRITERS)
        refuse(
            Text(
                f"--out：{out.name} 的格式不支持，可用 {'、'.join(names)}",
                f"--out: the format of {out.name} is not supported, use {', '.join(names)}",
            )
        )
    check_target(out, "--out", enterprises)


def write_changes(done: Rehearsal, out: Path) -> int:
    """Write one line per enterprise and rule that changes; return how many."""
    with whole_file(out) as unfinished:
        return _WRITERS[out.suffix.lower()](changes(done), unfinished)


def _cells(change: Change) -> Sequence[Any]:
    plain = change_json(change)
    lists = {name: ", ".join(plain[name]) for name in ("clauses", "facts")}
    return list((plain | lists | {"reason": say(change.reason)}).values())


def _write_csv(found: Iterable[Change], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:  # Excel needs the mark
        writer = csv.writer(stream)
        writer.writerow(FIELDS)
        for change in found:
            writer.writerow(_cells(change))
            count += 1
    return count


def _write_xlsx(found: Iterable[Change], path: Path) -> int:
    from openzone.engines.tables.writing import write_table

    return write_table(str(path), FIELDS, map(_cells, found))


def _write_jsonl(found: Iterable[Change], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for change in found:
            stream.write(json.dumps(change_json(change), ensure_ascii=False) + "\n")
            count += 1
    return count


_WRITERS: dict[str, Callable[[Iterable[Change], Path], int]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".xlsx": _write_xlsx,
}
