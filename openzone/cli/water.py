"""``openzone water``: classes of surface water from samples."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.arguments import AsJson, today
from openzone.cli.output import help_text, say
from openzone.cli.tables import readable, remark
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.water.classes import Judged, Sample, Standard
    from openzone.engines.water.table import Taken
    from openzone.packs.water import WaterPack

app = typer.Typer(rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Keep ``classify`` a command of its own."""


@app.command(
    "classify", help=help_text("按单因子判定水质类别", "the class of each sample by its worst item")
)
def classify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=help_text(
                "每行一个样品：csv、xlsx、json、jsonl", "one sample a row: csv, xlsx, json, jsonl"
            ),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Print the class, what decides it, what is missing, and whether the target is met."""
    from openzone.engines.water.classes import classify as judge
    from openzone.packs.loading import zone_folder
    from openzone.packs.water import water

    pack = water(zone_folder())
    standard = pack.standard
    found = [(one, judge(standard, one.body, one.values, one.target)) for one in _read(file, pack)]
    if as_json:
        answer = [_answer(standard, one, sample) for one, sample in found]
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for one, sample in found:
        print(say(_line(standard, one, sample)))


def _read(file: Path, pack: "WaterPack") -> "list[Taken]":
    from openzone.engines.water.table import read_samples

    aliases = {one.id: one.aliases for one in pack.items}
    with readable(file):
        found, remarks = read_samples(file, pack.standard, aliases, today())
    remark(remarks)
    return found


def _answer(standard: "Standard", one: "Taken", sample: "Sample") -> dict[str, Any]:
    level = None if sample.place is None else standard.levels[sample.place]
    return {
        "row": one.row,
        "section": one.section,
        "on": one.on,
        "laboratory": one.laboratory,
        "body": one.body,
        "class": level and level.id,
        "label": level and {"zh": level.label.zh, "en": level.label.en},
        "quality": level and {"zh": level.quality.zh, "en": level.quality.en},
        "deciding": [item.item.id for item in sample.deciding],
        "target": one.target,
        "meets": sample.meets,
        "complete": not sample.missing,
        "missing": list(sample.missing),
        "items": {item.item.id: _item(standard, item) for item in sample.judged},
    }


def _item(standard: "Standard", item: "Judged") -> dict[str, Any]:
    return {
        "value": float(item.value),
        "class": standard.levels[item.place].id,
        "meets": item.meets,
        "over": None if item.over is None else float(item.over),
    }


def _line(standard: "Standard", one: "Taken", sample: "Sample") -> Text:
    where = " ".join(filter(None, (one.section, one.on))) or f"{one.row}"
    if sample.place is None:
        return Text(f"{where}：没有参评项目", f"{where}: nothing that counts was measured")
    level = standard.levels[sample.place]
    zh, en = f"{where}：{level.label.zh}", f"{where}: {level.label.en}"
    zh += "，由" + "、".join(item.item.label.zh for item in sample.deciding) + "决定"
    en += ", by " + ", ".join(item.item.label.en for item in sample.deciding)
    if one.target:
        words = {True: ("达标", "target met"), False: ("不达标", "target missed")}
        said = words.get(sample.meets is True, words[False]) if sample.meets is not None else None
        zh += f"，{said[0] if said else '能否达标未知'}"
        en += f", {said[1] if said else 'target unknown'}"
    if sample.missing:
        names = {item.id: item.label for item in standard.items}
        zh += "，缺" + "、".join(names[name].zh for name in sample.missing)
        en += ", missing " + ", ".join(names[name].en for name in sample.missing)
    return Text(zh, en)
