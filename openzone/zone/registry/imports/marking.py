"""The workbook that goes back to whoever sent it, with every problem in its place."""

from openzone.engines.tables.marking import mark_workbook
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.imports.receiving import file_content, limits
from openzone.zone.registry.models import ImportBatch


def problems_of(batch: ImportBatch) -> list[Problem]:
    """Return every problem of an upload: those of the file first, then row by row."""
    found = [from_json(stored) for stored in batch.problems]
    rows = batch.rows.exclude(problems=[]).order_by("id").values_list("problems", flat=True)
    for stored_of_row in rows.iterator(chunk_size=2_000):
        found += map(from_json, stored_of_row)
    return found


def marked_workbook(batch: ImportBatch) -> bytes:
    """Return the upload as xlsx with its problems marked, and a sheet that lists them all."""
    try:
        return mark_workbook(batch.file_name, file_content(batch), problems_of(batch), limits())
    except FileRefused as error:
        raise Refused(error.text, field="file") from None
