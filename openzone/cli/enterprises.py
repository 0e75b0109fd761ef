"""Enterprises that a command speaks of: the rows of a file, or one of the zone's record."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openzone.cli.output import note, refuse, refuse_lines, say
from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.match import Record
from openzone.engines.rules.match import match as match_columns
from openzone.engines.rules.single import Known
from openzone.engines.rules.values import ColumnsError
from openzone.engines.tables.fields import vocabulary_of
from openzone.engines.tables.problems import Refused, TableProblems
from openzone.engines.tables.strict import Enterprises, read_enterprises
from openzone.engines.text import Text


@dataclass(frozen=True)
class EnterpriseFile:
    """A file that was read without a single problem."""

    path: Path
    rows: Enterprises
    catalogue: Catalogue
    as_of: dt.date

    @classmethod
    def read(cls, path: Path, as_of: dt.date, *, ignore_unknown: bool) -> "EnterpriseFile":
        """Read the file; any problem is named and ends the command before anything is written."""
        from openzone.packs.loading import zone_catalogue, zone_folder

        catalogue = zone_catalogue(zone_folder())
        try:
            rows = read_enterprises(
                path, vocabulary_of(catalogue), as_of, ignore_unknown=ignore_unknown
            )
        except Refused as error:
            refuse(Text(f"{path}：{error.text.zh}", f"{path}: {error.text.en}"))
        except TableProblems as error:
            refuse_lines(say(problem.sentence) for problem in error.problems)
        for warning in rows.warnings:
            note(warning.sentence)
        return cls(path, rows, catalogue, as_of)

    def records(self, plan: Plan) -> Iterator[Record]:
        """Yield the answers for every row."""
        try:
            columns = Columns.from_values(self.rows.ids, self.rows.columns, self.catalogue)
        except ColumnsError as error:
            refuse_lines(str(problem) for problem in error.problems)
        return match_columns(plan, columns)

    def known(self, row: int) -> dict[str, Known]:
        """What the file says of one enterprise."""
        source = self.path.name
        return {
            name: Known(column[row], source, self.catalogue[name].period(self.as_of))
            for name, column in self.rows.columns.items()
            if column[row] is not None
        }


def known_in_file(file: EnterpriseFile, identifier: str) -> tuple[str, Mapping[str, Known]]:
    """Return the enterprise meant by ``--id``; without it the file must hold only one."""
    rows = _rows_named(file.rows, identifier)
    some = "、".join(file.rows.ids[:5])
    if not rows:
        refuse(
            Text(
                f"--id：文件里没有“{identifier}”。例如有：{some}",
                f"--id: the file has no “{identifier}”. It has, for example: {some}",
            )
        )
    if len(rows) > 1:
        refuse(
            Text(
                f"文件里有{len(rows)}家企业，请用 --id 指明一家，例如：{some}",
                f"The file holds {len(rows)} enterprises; name one with --id, for example: {some}",
            )
        )
    return _name(file.rows, rows[0]), file.known(rows[0])


def _rows_named(rows: Enterprises, identifier: str) -> list[int]:
    if not identifier:
        return list(range(len(rows.ids)))
    fields: list[list[Any]] = [rows.ids, *(rows.columns.get(key, []) for key in ("uscc", "name"))]
    return sorted({place for field in fields for place, v in enumerate(field) if v == identifier})


def _name(rows: Enterprises, row: int) -> str:
    name = rows.columns["name"][row] if "name" in rows.columns else None
    return f"{rows.ids[row]} {name}" if name else rows.ids[row]


def known_in_zone(identifier: str, as_of: dt.date) -> tuple[str, Mapping[str, Known]]:
    """Return the enterprise of the record with this number, credit code or name."""
    from openzone.cli.site import use_zone

    use_zone()
    from openzone.zone.policies.selectors.entitlements import known_facts
    from openzone.zone.registry.selectors.facts import facts_of
    from openzone.zone.registry.selectors.identity import find_enterprise

    enterprise = find_enterprise(identifier)
    if enterprise is None:
        refuse(
            Text(
                f"--enterprise：档案里没有“{identifier}”，也没有这个文件",
                f"--enterprise: neither the record nor the disk has “{identifier}”",
            )
        )
    return enterprise.name, known_facts(facts_of(enterprise, as_of))
