"""What a file adds to the record: statements that are new, that differ, that are known already."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from openzone.zone.registry.selectors.columns import stated_cells

Outcome = Literal["new", "changed", "same"]


class OnRecord:
    """The values on record for exactly the periods a file speaks of, as known on a day.

    What has been compared counts as recorded, so that a figure on two rows is written once.
    """

    def __init__(
        self, targets: Sequence[int], names: Sequence[str], as_of: dt.date, known_on: dt.date
    ) -> None:
        recorded = [target for target in targets if target > 0]
        new = [target for target in targets if target < 0]
        self.rows = {target: row for row, target in enumerate([*recorded, *new])}
        self.cells = stated_cells(as_of, names, recorded, known_on)
        for column in self.cells.values():
            column.extend([None] * len(new))
        self.counts: Counter[Outcome] = Counter()

    def compare(self, target: int, name: str, value: str) -> Outcome:
        """Compare a statement with the record, count it, and remember it."""
        column, row = self.cells[name], self.rows[target]
        before = column[row]
        outcome: Outcome = "new" if before is None else "same" if before == value else "changed"
        column[row] = value
        self.counts[outcome] += 1
        return outcome

    def totals(self) -> dict[str, int]:
        """Return the counts under the names of a batch's counts."""
        return {f"facts_{outcome}": self.counts[outcome] for outcome in ("new", "changed", "same")}
