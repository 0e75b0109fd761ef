"""``openzone lights``: the colour of every project in every month, under one rule or several."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.arguments import AsJson, IgnoreUnknown, today
from openzone.cli.output import help_text, note, refuse, say
from openzone.cli.tables import readable
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.projects.light_table import Histories
    from openzone.engines.projects.lights import Verdict
    from openzone.packs.lights import LightPack


def lights(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help=help_text(
                "每行一个项目的一个月：csv、xlsx、json、jsonl",
                "one month of one project a row: csv, xlsx, json, jsonl",
            ),
            show_default=False,
        ),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            metavar="PACK_ID|FILE.yaml",
            help=help_text(
                "规则，可多次给出，默认全部", "may be given several times; default: all"
            ),
            show_default=False,
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help=help_text("列出规则", "list the rules"))
    ] = False,
    ignore_unknown: IgnoreUnknown = False,
    as_json: AsJson = False,
) -> None:
    """Print the colour by month with its reason."""
    packs = _packs(rule or [])
    if listed:
        _list(packs, as_json)
        return
    if file is None:
        refuse(Text("请给出一个文件，或用 --list", "name a file, or ask for the --list"))
    histories = _histories(file, ignore_unknown)
    _refuse_lost_overrides(packs, histories)
    for one in histories.assumed:
        note(one)
    verdicts = _verdicts(packs, histories)
    if as_json:
        print(json.dumps(_answer(packs, histories, verdicts), ensure_ascii=False, indent=1))
        return
    for verdict in verdicts:
        print(say(_line(verdict)))


def _packs(names: Sequence[str]) -> "list[LightPack]":
    from openzone.packs.lights import light_pack, light_packs
    from openzone.packs.loading import zone_folder

    folder = zone_folder()
    if not names:
        return list(light_packs(folder).values())
    return [light_pack(name, folder) for name in dict.fromkeys(names)]


def _histories(file: Path, ignore_unknown: bool) -> "Histories":
    from openzone.engines.projects.light_table import read_histories

    with readable(file):
        return read_histories(file, today(), ignore_unknown=ignore_unknown)


def _refuse_lost_overrides(packs: "Sequence[LightPack]", histories: "Histories") -> None:
    """An override under a rule there is none of would have no effect unseen."""
    from openzone.packs.lights import light_files
    from openzone.packs.loading import zone_folder

    known = {*light_files(zone_folder()), *(pack.id for pack in packs), ""}
    lost = [
        (f"{name} {month.month:%Y-%m}".strip(), override.rule)
        for name, months in histories.months.items()
        for month in months
        for override in month.overrides
        if override.rule not in known
    ]
    if lost:
        refuse(
            *(
                Text(
                    f"{place}：人工调整的规则“{rule}”不存在",
                    f"{place}: no rule “{rule}” to override",
                )
                for place, rule in lost
            )
        )


def _verdicts(packs: "Sequence[LightPack]", histories: "Histories") -> "list[Verdict]":
    """Return project by project, month by month, rule by rule."""
    from openzone.engines.projects.lights import colours

    rules = [pack.as_rule for pack in packs]
    return [
        verdict
        for months in histories.months.values()
        for same in zip(*(colours(rule, months) for rule in rules), strict=True)
        for verdict in same
    ]


def _answer(
    packs: "Sequence[LightPack]", histories: "Histories", verdicts: "Sequence[Verdict]"
) -> dict[str, Any]:
    from openzone.engines.projects.light_json import text_json, verdict_json

    return {
        "rules": [_about(pack) for pack in packs],
        "assumed": [text_json(one) for one in histories.assumed],
        "verdicts": [verdict_json(one) for one in verdicts],
    }


def _about(pack: "LightPack") -> dict[str, Any]:
    return {
        "id": pack.id,
        "label": pack.label.model_dump(),
        "region": pack.region,
        "source": pack.source.model_dump(),
        "number": pack.number,
        "effective_from": pack.effective_from and pack.effective_from.isoformat(),
        "effective_to": pack.effective_to and pack.effective_to.isoformat(),
        "verified": pack.verified,
        "says": pack.says.model_dump(),
        "needs": list(pack.as_rule.needs),
        "readings": [
            {"text": one.text.model_dump(), "verified": one.verified} for one in pack.readings
        ],
    }


def _list(packs: "Sequence[LightPack]", as_json: bool) -> None:
    if as_json:
        print(json.dumps([_about(pack) for pack in packs], ensure_ascii=False, indent=1))
        return
    for line in (line for pack in packs for line in _said(pack)):
        print(say(line))


def _said(pack: "LightPack") -> Iterator[Text]:
    needs = ", ".join(pack.as_rule.needs)
    yield Text(f"{pack.id}  {pack.label.zh}", f"{pack.id}  {pack.label.en}")
    yield Text(f"  {pack.says.zh}", f"  {pack.says.en}")
    yield Text(f"  所需：{needs}；依据：{pack.source.zh}", f"  needs {needs}; {pack.source.en}")
    for one in pack.readings:
        if one.verified == "K":
            yield Text(f"  未经核实的理解：{one.text.zh}", f"  our reading: {one.text.en}")


def _line(verdict: "Verdict") -> Text:
    place = f"{verdict.project} {verdict.month:%Y-%m} {verdict.rule}".strip()
    colour, reason = verdict.colour.label, verdict.reason
    return Text(f"{place} {colour.zh}：{reason.zh}", f"{place} {colour.en}: {reason.en}")
