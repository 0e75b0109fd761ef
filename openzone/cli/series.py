"""``openzone series derive``: published figures in, what follows from them out, with flags."""

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.arguments import AsJson, today
from openzone.cli.output import help_text, say
from openzone.cli.tables import readable, remark

if TYPE_CHECKING:
    from openzone.engines.series.deriving import Answer, Reading
    from openzone.engines.series.model import Derived, Flag, Input, Observation

app = typer.Typer(rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Keep ``derive`` a command of its own."""


@app.command()
def derive(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=help_text(
                "每行一个数：csv、xlsx、json、jsonl", "one figure a row: csv, xlsx, json, jsonl"
            ),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Print what follows from published figures, and what to ask about before they are approved."""
    from openzone.engines.series.deriving import derive as derived
    from openzone.packs.loading import zone_folder
    from openzone.packs.series import load_checks, load_indicators

    folder = zone_folder()
    definitions = load_indicators(folder).definitions
    found = derived(_read(file, definitions), definitions, load_checks(folder).limits)
    if as_json:
        print(json.dumps(answer(found), ensure_ascii=False, indent=1, default=_plain))
        return
    for line in _lines(found):
        print(line)


def _read(file: Path, definitions: Any) -> "list[Observation]":
    from openzone.engines.series.table import read_observations

    with readable(file):
        found, remarks = read_observations(file, definitions, today())
    remark(remarks)
    return found


def answer(found: "Answer") -> dict[str, Any]:
    """Return the answer as ``docs/series.md`` documents it."""
    return {
        "series": [_reading(one) for one in found.readings.values()],
        "together": [_derived(one) for one in found.together],
        "flags": [_flag(one) for one in found.flags],
    }


def _reading(one: "Reading") -> dict[str, Any]:
    return {
        "series": one.line.series,
        "name": {"zh": one.definition.name.zh, "en": one.definition.name.en},
        "subject": one.line.subject,
        "basis": one.line.basis,
        "kind": one.definition.kind,
        "observations": [
            {**_observation(kept[-1]), "earlier": [_observation(each) for each in kept[:-1]]}
            for _period, kept in sorted(one.vintages.items())
        ],
        "derived": [_derived(each) for each in one.derived],
        "flags": [_flag(each) for each in one.flags],
    }


def _observation(one: "Observation") -> dict[str, Any]:
    return {
        "period": str(one.period), "value": one.value, "unit": one.unit, "state": one.state,
        "status": one.status, "published": one.published and one.published.isoformat(),
        "growth_pct": None if one.growth is None else one.growth * 100, "rank": one.rank,
        "group": one.group, "among": one.among or None, "target": one.target,
        "as_published": one.approx or None, "source": one.source or None, "row": one.row,
    }  # fmt: skip


def _derived(one: "Derived") -> dict[str, Any]:
    return {
        "kind": one.kind, "series": one.line.series, "subject": one.line.subject,
        "period": str(one.period), "value": one.value, "unit": one.unit,
        "formula": {"zh": one.formula.zh, "en": one.formula.en},
        "of": [_input(each) for each in one.of], **one.more,
    }  # fmt: skip


def _flag(one: "Flag") -> dict[str, Any]:
    return {
        "kind": one.kind, "series": one.line.series, "subject": one.line.subject,
        "period": str(one.period), "reason": {"zh": one.reason.zh, "en": one.reason.en},
        "of": [_input(each) for each in one.of],
    }  # fmt: skip


def _input(one: "Input") -> dict[str, Any]:
    return {"series": one.series, "subject": one.subject, "period": str(one.period),
            "value": one.value}  # fmt: skip


def _plain(value: object) -> object:
    """Numbers as JSON writes them: whole ones without a point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _lines(found: "Answer") -> Iterable[str]:
    for one in found.readings.values():
        yield f"{say(one.definition.name)} {one.line.subject} {one.line.basis}".rstrip()
        for each in one.derived:
            value = f"{each.value:,}" if isinstance(each.value, Decimal) else str(each.value)
            yield f"  {each.kind} {each.period} {value}{each.unit}  {say(each.formula)}"
        for flag in one.flags:
            yield f"  ! {flag.kind} {say(flag.reason)}"
    for each in found.together:
        yield f"{each.line.series} {each.kind} {each.period} {each.value}{each.unit}"
