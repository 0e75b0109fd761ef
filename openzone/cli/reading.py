"""``openzone read``: pages into facts, each with its place on the page."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.files import check_target, whole_file
from openzone.cli.output import help_text, note, refuse, say
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.reading.pages.periods import PageDate
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
) -> None:
    """Write the facts of each page, one a line, and which text belongs to which article."""
    from openzone.engines.reading.pages.reader import read_page
    from openzone.packs.loading import zone_folder
    from openzone.packs.reading import reading

    date = _date(published)
    targets = _targets(files, out)
    lexicon = reading(zone_folder())
    texts = [_text(file) for file in files]
    found = [read_page(text, lexicon, date) for text in texts]
    if out is None:
        for one in found:
            print(_lines(one), end="")
        return
    out.mkdir(parents=True, exist_ok=True)
    for target in (*targets, out / ARTICLES):
        check_target(target, "--out", *files)
    for file, target, text, one in zip(files, targets, texts, found, strict=True):
        _write(target, _lines(one))
        if file.suffix.lower() not in (".txt", ".md"):
            _write(target.with_suffix(".txt"), text)
        print(say(_told(file, one)))
    _write(out / ARTICLES, _articles(targets, found))


def _told(file: Path, found: "Reading") -> Text:
    facts = sum(fact.source == "fact" for fact in found.facts)
    names = len(found.facts) - facts
    return Text(
        f"{file}：{len(found.articles)}篇文章，{facts}条事实，{names}个名称",
        f"{file}: {len(found.articles)} articles, {facts} facts, {names} names",
    )


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
    from openzone.cli.ocr import read_pictures
    from openzone.engines.reading.sources.taking import Source, UnreadableError, kind_of, take

    data = file.read_bytes()
    try:
        kind = kind_of(file.name, data)
        text = "" if kind is Source.PICTURE else take(file.name, data)
        if text.strip():
            return text
        note(Text(f"{file}：没有文字层，用 OCR 识别", f"{file}: no text, reading it by OCR"))
        return read_pictures(file, scanned=kind is Source.PDF)
    except UnreadableError as error:
        refuse(Text(f"{file}：{error.reason.zh}", f"{file}: {error.reason.en}"))


def _date(written: str) -> "PageDate | None":
    from openzone.engines.reading.pages.periods import PageDate

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
