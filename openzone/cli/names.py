"""``openzone names``: names as people write them, linked to the enterprises of a registry."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.arguments import AsJson, today
from openzone.cli.output import help_text, refuse, say
from openzone.cli.tables import readable, remark
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.identity.linkage import Candidate

app = typer.Typer(rich_markup_mode=None)
NO_NAME = Text("{file}：第{row}行没有名称", "{file}: row {row} has no name")
TWICE = Text("{file}：编号“{id}”出现两次", "{file}: the id “{id}” occurs twice")
BAD_CODE = Text("{file}：第{row}行的信用代码{why}", "{file}: row {row}: the credit code {why}")


@app.command("link", help=help_text("把名称对应到登记企业", "link names to registered enterprises"))
def link(
    registry: Annotated[
        Path,
        typer.Option(
            "--registry",
            metavar="FILE",
            help=help_text(
                "登记企业：编号、名称、曾用名、简称、信用代码",
                "enterprises: id, name, former_names, short_names, uscc",
            ),
        ),
    ],
    queries: Annotated[
        Path,
        typer.Option(
            "--queries",
            metavar="FILE",
            help=help_text("要对应的名称：编号、名称、信用代码", "names to link: id, name, uscc"),
        ),
    ],
    top: Annotated[int, typer.Option("--top", min=1, max=20)] = 3,
    as_json: AsJson = False,
) -> None:
    """Print whom each name means: the same, to be looked at, or nobody."""
    from openzone.engines.identity.linkage import Registry
    from openzone.packs.tables import load_name_splitter

    entries = list(_entries(registry))
    asked = list(_queries(queries))
    known = Registry(entries, load_name_splitter())
    found = [(id_, name, known.link(name, uscc=code, top=top)) for id_, name, code in asked]
    if as_json:
        answers = [_answer(*one) for one in found]
        print(json.dumps(answers, ensure_ascii=False, indent=1))
        return
    for _, name, candidates in found:
        print(say(_line(name, candidates)))


def _answer(id_: str, name: str, found: "Sequence[Candidate]") -> dict[str, Any]:
    same = [one for one in found if one.decision == "same"]
    review = [one for one in found if one.decision == "review"]
    return {
        "id": id_,
        "query": name,
        "match": same[0].id if same else None,
        "decision": "same" if same else ("review" if review else "none"),
        "candidates": [one.as_dict() for one in found],
    }


def _line(name: str, found: "Sequence[Candidate]") -> Text:
    if not found:
        return Text(f"{name} → 没有相近的企业", f"{name} → nobody like it")
    best = found[0]
    return Text(
        f"{name} → {best.name}（{best.id}，{best.decision}：{best.reason.zh}）",
        f"{name} → {best.name} ({best.id}, {best.decision}: {best.reason.en})",
    )


def _entries(path: Path) -> Iterator[Any]:
    from openzone.engines.identity.entries import RegistryEntry

    seen = set[str]()
    for row, values in _rows(path):
        values["id"] = values.get("id") or values.get("uscc") or str(row)
        if values["id"] in seen:
            refuse(TWICE.format(file=path, id=values["id"]))
        seen.add(values["id"])
        yield RegistryEntry(
            values["id"],
            _name(path, row, values),
            _several(values.get("former_names", "")),
            _several(values.get("short_names", "")),
            _code(path, row, values),
        )


def _queries(path: Path) -> Iterator[tuple[str, str, str | None]]:
    for row, values in _rows(path):
        name = values.get("name") or values.get("uscc", "")
        if not name:
            refuse(NO_NAME.format(file=path, row=row))
        yield values.get("id") or str(row), name, values.get("uscc")


def _name(path: Path, row: int, values: Mapping[str, str]) -> str:
    from openzone.engines.identity.names import normalise

    if not normalise(values.get("name", "")):
        refuse(NO_NAME.format(file=path, row=row))
    return values["name"]


def _code(path: Path, row: int, values: Mapping[str, str]) -> str | None:
    from openzone.engines.identity.uscc import InvalidCreditCode, parse

    try:
        return parse(values["uscc"]).code if values.get("uscc") else None
    except InvalidCreditCode as error:
        why = error.reason
        words = {"file": path, "row": row}
        refuse(
            Text(BAD_CODE.zh.format(why=why.zh, **words), BAD_CODE.en.format(why=why.en, **words))
        )


def _several(text: str) -> tuple[str, ...]:
    return tuple(
        filter(None, map(str.strip, text.replace("；", ";").replace("、", ";").split(";")))
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Read rows of text from csv, xlsx, json, jsonl, or plain text with one name a line."""
    from openzone.engines.identity.table import read_names

    with readable(path):
        rows, remarks = read_names(path, today())
    remark(remarks)
    for row in rows:
        yield row.number, {k: str(v.value).strip() for k, v in row.values.items()}
