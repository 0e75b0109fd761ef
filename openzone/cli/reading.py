"""``openzone read``: pages into facts, each with its place on the page."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.files import check_target, whole_file
from openzone.cli.output import help_text, note, refuse, say
from openzone.cli.reading_model import helped, model_named
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.reading.pages.dates import PageDate
    from openzone.engines.reading.pages.lexicon import Lexicon
    from openzone.engines.reading.pages.reader import Reading

ARTICLES = "segments.json"


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help=help_text(
                "版面文件：txt、md、html、docx、pdf、图片",
                "pages: txt, md, html, docx, pdf, pictures",
            ),
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help=help_text("写入 <文件名>.jsonl 的文件夹", "the folder to write <name>.jsonl to"),
        ),
    ] = None,
    published: Annotated[
        str,
        typer.Option(
            "--date",
            metavar="YYYY-MM",
            help=help_text(
                "版面日期，用于“今年”“上半年”；不写时从文中推断",
                "when the page appeared, for “this year”; without it the text is asked",
            ),
        ),
    ] = "",
    model: Annotated[
        bool,
        typer.Option(
            "--model",
            help=help_text(
                "另请 OPENZONE_MODEL_URL 指定的语言模型补读：文章会发送到该地址",
                "also ask the language model OPENZONE_MODEL_URL names: articles are sent there",
            ),
        ),
    ] = False,
) -> None:
    """Write the facts of each page, one a line, and which text belongs to which article."""
    date = _date(published)
    targets = _targets(files, out)
    there = model_named() if model else None
    texts, found, lexicon = _read_all(files, date)
    told = [_told(*one) for one in zip(files, found, strict=True)]
    if there is not None:
        more = helped(there, texts, found, lexicon)
        found = [one.reading for one in more]
        told = [_joined(*one) for one in zip(told, (one.told for one in more), strict=True)]
    if out is not None:
        _write_all(files, targets, out, texts, found)
    else:
        print("".join(map(_lines, found)), end="")
    print(*map(say, told), sep="\n", file=sys.stderr if out is None else sys.stdout)


def _read_all(
    files: list[Path], date: "PageDate | None"
) -> "tuple[list[str], list[Reading], Lexicon]":
    """Return texts, what was read, and by what; a date in a file's name is the page's."""
    from openzone.engines.reading.pages.dates import date_of_name
    from openzone.engines.reading.pages.reader import read_page
    from openzone.packs.loading import zone_folder
    from openzone.packs.reading import reading

    lexicon = reading(zone_folder())
    texts = [_text(file) for file in files]
    with still():
        found = [
            read_page(text, lexicon, date or date_of_name(file.stem))
            for file, text in zip(files, texts, strict=True)
        ]
    return texts, found, lexicon


def _write_all(
    files: list[Path], targets: list[Path], out: Path, texts: list[str], found: "list[Reading]"
) -> None:
    """Write facts, articles and, where the file holds something else, the text that was taken."""
    out.mkdir(parents=True, exist_ok=True)
    taken = {
        target.with_suffix(".txt"): text
        for file, target, text in zip(files, targets, texts, strict=True)
        if file.read_bytes() != text.encode()
    }
    for target in (*targets, *taken, out / ARTICLES):
        check_target(target, "--out", *files)
    _check_others(taken)
    for target, one in zip(targets, found, strict=True):
        _write(target, _lines(one))
    for target, text in taken.items():
        _write(target, text)
    _write(out / ARTICLES, _articles(targets, found))


def _check_others(taken: Iterable[Path]) -> None:
    """Refuse to write a text over one that is not of an earlier run: it has no facts beside it."""
    for target in taken:
        if target.exists() and not target.with_suffix(".jsonl").exists():
            refuse(
                Text(
                    f"--out：已有 {target}，不是本命令写的，请换一个文件夹",
                    f"--out: {target} is there and not of this command; choose another folder",
                )
            )


@contextmanager
def still() -> Iterator[None]:
    """Let the garbage collector pass over the rules, and seldom: reading makes no cycles."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _told(file: Path, found: "Reading") -> Text:
    facts = sum(fact.source == "fact" for fact in found.facts)
    names = len(found.facts) - facts
    return Text(
        f"{file}：{len(found.articles)}篇文章，{facts}条事实，{names}个名称",
        f"{file}: {len(found.articles)} articles, {facts} facts, {names} names",
    )


def _joined(one: Text, more: Text) -> Text:
    return Text(one.zh + more.zh, one.en + more.en)


def _lines(found: "Reading") -> str:
    return "".join(json.dumps(fact.as_json(), ensure_ascii=False) + "\n" for fact in found.facts)


def _articles(targets: list[Path], found: "list[Reading]") -> str:
    """Return the articles of each page: headline, spans of characters, confidence."""
    pages: dict[str, list[dict[str, Any]]] = {
        target.stem: [
            {
                "headline": one.headline,
                "char_spans": [list(span) for span in one.spans],
                "confidence": one.confidence,
            }
            for one in page.articles
        ]
        for target, page in zip(targets, found, strict=True)
    }
    return json.dumps(pages, ensure_ascii=False, indent=1) + "\n"


def _targets(files: list[Path], out: Path | None) -> list[Path]:
    """Return where each page's facts go; two pages never share a file."""
    if out is None:
        return []
    if out.exists() and not out.is_dir():
        refuse(Text(f"--out：{out} 不是文件夹", f"--out: {out} is not a folder"))
    targets = [out / f"{file.stem}.jsonl" for file in files]
    twice = {target for target in targets if targets.count(target) > 1}
    if twice:
        names = "、".join(sorted(target.name for target in twice))
        refuse(
            Text(
                f"几个文件会写入同一个 {names}，请分开运行或改名",
                f"several files would be written to {names}; rename them or run them apart",
            )
        )
    return targets


def _write(path: Path, text: str) -> None:
    with whole_file(path) as unfinished:
        unfinished.write_text(text, "utf-8", newline="\n")


def _text(file: Path) -> str:
    """Return the text of a file, read by Tesseract where it is a picture or a scan."""
    from openzone.engines.reading.sources.taking import Source, UnreadableError, kind_of, take
    from openzone.zone.readings.ocr import read_pictures

    data = file.read_bytes()
    try:
        kind = kind_of(file.name, data)
        text = "" if kind is Source.PICTURE else take(file.name, data)
        if text.strip():
            return text
        if kind not in (Source.PDF, Source.PICTURE):
            raise UnreadableError(Text("文件里没有文字", "there is no text in the file"))
        note(Text(f"{file}：没有文字层，用 OCR 识别", f"{file}: no text, reading it by OCR"))
        return read_pictures(file, scanned=kind is Source.PDF)
    except UnreadableError as error:
        refuse(Text(f"{file}：{error.reason.zh}", f"{file}: {error.reason.en}"))


def _date(written: str) -> "PageDate | None":
    from openzone.engines.reading.pages.dates import PageDate

    if not written:
        return None
    parts = written.split("-")
    numbers = [int(part) for part in parts if part.isdigit()]
    fine = len(numbers) == len(parts) <= 3 and 1900 <= numbers[0] <= 2200
    if not fine or not all(1 <= one <= 31 for one in numbers[1:]) or (numbers[1:2] or [1])[0] > 12:
        refuse(
            Text(
                f"--date：“{written}”不是日期，请写成 2024-07 或 2024-07-15",
                f"--date: “{written}” is no date; write it as 2024-07 or 2024-07-15",
            )
        )
    return PageDate(numbers[0], numbers[1] if len(numbers) > 1 else None)
