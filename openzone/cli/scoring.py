"""``openzone score``: evaluations by published formulas, such as output per mu."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.arguments import AsJson, day, today
from openzone.cli.output import help_text, refuse, say
from openzone.cli.tables import readable, remark
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.scoring.model import Entry, ItemScore, Scored
    from openzone.packs.scoring import ScoringPack


AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=help_text(
            "成立、取得土地的年限算到这一天；默认为评价年度末",
            "years since registration or land are counted to this day; the end of the "
            "year evaluated unless told",
        ),
        show_default=False,
    ),
]


def score(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help=help_text(
                "每行一家企业：csv、xlsx、json、jsonl",
                "one enterprise a row: csv, xlsx, json, jsonl",
            ),
            show_default=False,
        ),
    ] = None,
    pack: Annotated[
        str,
        typer.Option("--pack", metavar="ID|FILE.yaml", help=help_text("评价办法", "the scheme")),
    ] = "",
    listed: Annotated[
        bool, typer.Option("--list", help=help_text("列出评价办法", "list the schemes"))
    ] = False,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Print points, rank and class of every enterprise with each item's value and base."""
    from openzone.engines.scoring.evaluating import evaluate
    from openzone.packs.loading import zone_folder
    from openzone.packs.scoring import scoring_files, scoring_pack

    folder = zone_folder()
    if listed:
        for name in scoring_files(folder):
            print(f"{name}  {say(scoring_pack(name, folder).title.text)}")
        return
    if file is None or not pack:
        refuse(Text("请给出文件和 --pack，或用 --list", "name a file and a --pack, or --list"))
    meant = scoring_pack(pack, folder)
    on = day(as_of, "--as-of") if as_of else dt.date(meant.year, 12, 31)
    found = evaluate(meant.scheme, _read(file, meant), on)
    if as_json:
        print(json.dumps(_answer(meant, found), ensure_ascii=False, indent=1))
        return
    for one in found:
        print(say(_line(one)))


def _read(file: Path, pack: "ScoringPack") -> "list[Entry]":
    from openzone.engines.scoring.table import read_entries

    with readable(file):
        found, remarks = read_entries(file, pack.columns, today())
    remark(remarks)
    return found


def _answer(pack: "ScoringPack", found: "list[Scored]") -> dict[str, Any]:
    return {
        "pack": pack.id,
        "year": pack.year,
        "source": {"zh": pack.source.zh, "en": pack.source.en},
        "verified": pack.verified,
        "enterprises": [_enterprise(one) for one in found],
    }


def _enterprise(one: "Scored") -> dict[str, Any]:
    return {
        "id": one.entry.id,
        "name": one.entry.name,
        "group": one.entry.group,
        "score": _float(one.score),
        "rank": one.rank,
        "of": one.of,
        "class": one.class_,
        "treated_as": one.treated_as,
        "level": one.level,
        "items": [_item(item) for item in one.items],
        "adjust": _float(one.entry.adjust),
        "veto": one.entry.veto,
        "shared_with": list(one.shared_with),
        "reason": one.reason and {"zh": one.reason.zh, "en": one.reason.en},
    }


def _item(item: "ItemScore") -> dict[str, Any]:
    return {
        "id": item.indicator.id,
        "unit": item.indicator.unit,
        "value": _float(item.value),
        "base": _float(item.base),
        "weight": _float(item.indicator.weight),
        "points": _float(item.points),
        "averaged": item.averaged and item.points is not None,
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _line(one: "Scored") -> Text:
    if one.score is None:
        reason = one.reason or Text("", "")
        return Text(f"{one.entry.name}：{reason.zh}", f"{one.entry.name}: {reason.en}")
    class_ = f" {one.class_}" if one.class_ else ""
    place = (
        Text(f"，第{one.rank}/{one.of}", f", {one.rank} of {one.of}") if one.rank else Text("", "")
    )
    return Text(
        f"{one.entry.name}：{one.score:.2f}分{place.zh}{class_}",
        f"{one.entry.name}: {one.score:.2f} points{place.en}{class_}",
    )
