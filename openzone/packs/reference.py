"""The page docs/reference/facts.md, written from the catalogue.

``python -m openzone.packs.reference > docs/reference/facts.md``
"""

import sys
from collections.abc import Iterable, Iterator

from openzone.engines.facts.catalogue import Catalogue, PeriodKind, SeriesSpec
from openzone.packs.loading import national_catalogue

HEAD = """# Facts · 事实目录

Written by `python -m openzone.packs.reference` from `openzone/packs/national/facts.yaml`; do not edit by hand.

Money is in yuan, ratios are decimals (0.03), areas square metres, dates ISO. An empty cell is unknown, never zero.
`_y1`, `_y2`, `_y3` are the last accounting year before the day of evaluation, the year before it, and the one before that.

* **Period**: *moment* is true on a day, and the latest known one counts; *year* is an accounting year; *n years* are the last
  n accounting years together; nothing means that it does not change.
* **Seen by**: public · staff · sensitive (shown to staff on request only, and every look is logged). The enterprise sees its own.
* **✎** marks what an enterprise can change by acting.
* **Settled by** is the document to ask for when the fact is unknown. **Headings** are column names that import understands.
"""  # noqa: E501 - a page of text, not code
COLUMNS = ("Name", "Type", "中文", "English", "Period", "Seen by", "✎", "Settled by", "Headings")


def facts_reference(catalogue: Catalogue) -> str:
    """Return the page in Markdown, ending with a newline."""
    rows = [_row(spec) for spec in catalogue.series]
    parts = [HEAD, _table(COLUMNS, rows)]
    if choices := list(_choices(catalogue.series)):
        parts += ["## Choices · 选项\n", _table(("Fact", "Value", "中文", "English"), choices)]
    if notes := list(_notes(catalogue.series)):
        parts += ["## Notes · 说明\n", _table(("Fact", "中文", "English"), notes)]
    return "\n".join(parts)


def _row(spec: SeriesSpec) -> tuple[str, ...]:
    names = ", ".join(f"`{fact.name}`" for fact in Catalogue((spec,)))
    return (
        names,
        spec.type.value,
        spec.label.zh,
        spec.label.en,
        _period(spec),
        spec.visible.value,
        "✎" if spec.changeable else "",
        f"{spec.proof.zh} · {spec.proof.en}",
        "、".join(spec.aliases),
    )


def _period(spec: SeriesSpec) -> str:
    match spec.period:
        case PeriodKind.NONE:
            return ""
        case PeriodKind.SPAN:
            return "1 year" if spec.span == 1 else f"{spec.span} years"
        case _:
            return spec.period.value


def _choices(series: Iterable[SeriesSpec]) -> Iterator[tuple[str, ...]]:
    for spec in series:
        for value, label in spec.choices.items():
            yield f"`{spec.name}`", f"`{value}`", label.zh, label.en


def _notes(series: Iterable[SeriesSpec]) -> Iterator[tuple[str, ...]]:
    for spec in series:
        if spec.note is not None:
            yield f"`{spec.name}`", spec.note.zh, spec.note.en


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(facts_reference(national_catalogue()))
