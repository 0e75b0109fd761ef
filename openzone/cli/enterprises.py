"""Enterprises that a command speaks of: the rows of a file, or one of the zone's record."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from openzone.cli.output import note, refuse
from openzone.cli.tables import readable
from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.match import Record
from openzone.engines.rules.match import match as match_columns
from openzone.engines.rules.single import Known
from openzone.engines.tables.fields import vocabulary_of
from openzone.engines.tables.strict import Enterprises, read_enterprises
from openzone.engines.text import Text

SUFFIXES = frozenset((".csv", ".txt", ".tsv", ".xlsx", ".xls", ".parquet"))


class Firm(NamedTuple):
    """One enterprise and what is known of it."""

    id: str
    name: str | None
    known: Mapping[str, Known]


@dataclass(frozen=True)
class EnterpriseFile:
    """A file that was read without a single problem."""

    path: Path
    rows: Enterprises
    catalogue: Catalogue
    as_of: dt.date

    @classmethod
    def read(
        cls,
        path: Path,
        as_of: dt.date,
        *,
        ignore_unknown: bool,
        catalogue: Catalogue | None = None,
    ) -> "EnterpriseFile":
        """Read the file; any problem is named and ends the command before anything is written.

        Columns are those of ``catalogue``, of the zone's own where none is given.
        """
        from openzone.packs.codes import CHECKS
        from openzone.packs.loading import zone_catalogue, zone_folder

        catalogue = catalogue or zone_catalogue(zone_folder())
        with readable(path):
            words = vocabulary_of(catalogue, checks=CHECKS)
            rows = read_enterprises(path, words, as_of, ignore_unknown=ignore_unknown)
        for warning in rows.warnings:
            note(warning.sentence)
        return cls(path, rows, catalogue, as_of)

    def records(self, plan: Plan) -> Iterator[Record]:
        """Yield the answers for every row."""
        columns = Columns.from_values(self.rows.ids, self.rows.columns, self.catalogue)
        return match_columns(plan, columns)

    def firm(self, row: int) -> Firm:
        """Return what the file says of one enterprise."""
        source, name = self.path.name, self._cell("name", row)
        known = {
            fact: Known(column[row], source, self.catalogue[fact].period(self.as_of))
            for fact, column in self.rows.columns.items()
            if column[row] is not None
        }
        return Firm(self.rows.ids[row], None if name is None else str(name), known)

    def rows_named(self, identifier: str) -> list[int]:
        """Return the rows with this id, credit code or name; every row without one."""
        return [
            row
            for row, own in enumerate(self.rows.ids)
            if not identifier or identifier in (own, *self._names(row))
        ]

    def _names(self, row: int) -> tuple[Any, ...]:
        return self._cell("uscc", row), self._cell("name", row)

    def _cell(self, fact: str, row: int) -> Any:
        return self.rows.columns[fact][row] if fact in self.rows.columns else None


def enterprise_meant(
    enterprise: str,
    identifier: str,
    as_of: dt.date,
    *,
    catalogue: Catalogue,
    ignore_unknown: bool,
) -> Firm:
    """Return one row of a file, or one enterprise of the record."""
    if is_on_record(enterprise, identifier):
        return _of_zone(enterprise, as_of)
    file = EnterpriseFile.read(
        Path(enterprise), as_of, ignore_unknown=ignore_unknown, catalogue=catalogue
    )
    return _one_of(file, identifier)


def enterprises_meant(
    enterprise: str,
    identifier: str,
    as_of: dt.date,
    *,
    catalogue: Catalogue,
    ignore_unknown: bool,
) -> list[Firm]:
    """Return every row of a file, or the one that ``--id`` names, or one of the record.

    Only facts of ``catalogue`` are kept.
    """
    if is_on_record(enterprise, identifier):
        firm = _of_zone(enterprise, as_of)
        return [firm._replace(known={n: k for n, k in firm.known.items() if n in catalogue})]
    file = EnterpriseFile.read(
        Path(enterprise), as_of, ignore_unknown=ignore_unknown, catalogue=catalogue
    )
    if identifier:
        return [_one_of(file, identifier)]
    return [file.firm(row) for row in file.rows_named("")]


def is_on_record(enterprise: str, identifier: str) -> bool:
    """Whether an enterprise of the record is meant and no file; ``--id`` is for files only."""
    if _is_file(enterprise):
        return False
    if identifier:
        refuse(
            Text(
                f"--id 只用于文件，而“{enterprise}”不是文件",
                f"--id is for a file, and “{enterprise}” is none",
            )
        )
    return True


def _is_file(enterprise: str) -> bool:
    path = Path(enterprise)
    return path.is_file() or path.suffix.lower() in SUFFIXES or "/" in enterprise


def _one_of(file: EnterpriseFile, identifier: str) -> Firm:
    """Return the enterprise meant by ``--id``; without it the file must hold only one."""
    rows = file.rows_named(identifier)
    some = file.rows.ids[:5]
    if not rows:
        refuse(
            Text(
                f"--id：文件里没有“{identifier}”；例如有：{'、'.join(some)}",
                f"--id: the file has no “{identifier}”; it has, for example: {', '.join(some)}",
            )
        )
    if len(rows) > 1:
        some = [file.rows.ids[row] for row in rows[:5]]
        refuse(
            Text(
                f"有{len(rows)}家企业，请用 --id 指明一家，例如：{'、'.join(some)}",
                f"there are {len(rows)}; name one with --id, for example: {', '.join(some)}",
            )
        )
    return file.firm(rows[0])


def _of_zone(identifier: str, as_of: dt.date) -> Firm:
    """Return the enterprise of the record with this number, credit code or name."""
    from openzone.cli.site import use_zone

    use_zone()
    from openzone.zone.registry.selectors.facts import facts_of
    from openzone.zone.registry.selectors.identity import find_enterprise
    from openzone.zone.rulebook.selectors.entitlements import known_facts

    found = find_enterprise(identifier) if identifier.strip() else None
    if found is None:
        refuse(
            Text(
                f"--enterprise：档案里没有“{identifier}”，也没有这个文件",
                f"--enterprise: neither the record nor the disk has “{identifier}”",
            )
        )
    return Firm(found.identifier, found.name, known_facts(facts_of(found, as_of)))


def records_of_zone(plan: Plan) -> Iterator[Record]:
    """Yield the answers of the plan's rules for every enterprise on record."""
    from openzone.cli.site import use_zone

    use_zone()
    from openzone.zone.rulebook.selectors.population import named_records

    wanted = {rule.id for rule in plan.rules}
    return (record for record in named_records(plan.as_of) if record.rule in wanted)
