"""Collect the interface strings, keep the Chinese catalogue in step, compile it.

``python -m tools.messages`` adds new strings (untranslated) to the catalogue, drops those that
are gone, and compiles. It needs Babel only, not the gettext programs.
"""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "openzone"
PO = PACKAGE / "locale/zh_Hans/LC_MESSAGES/django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
}
HEADER = r"""# Simplified Chinese interface of OpenZone. The msgids are the English interface.
msgid ""
msgstr ""
"Language: zh_Hans\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
UNDATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # the same strings give the same bytes

# What Django's templatize writes for a tag: a call with Python literals.
_TEXT = r"""u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*\""""
_CALL = re.compile(
    rf"(?P<name>n?p?gettext|_)\((?P<texts>(?:{_TEXT})(?:, (?:{_TEXT}))*)(?:, count)?\)"
)
Message = tuple[str | tuple[str, str], str | None]  # msgid (or singular and plural), context


def extract() -> Catalog:
    """Return every interface string of the package, without translations."""
    catalog = Catalog()
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]):
        read = _from_template if path.suffix == ".html" else _from_python
        for message, context in read(path):
            where = path.relative_to(ROOT).as_posix()
            catalog.add(message, context=context, locations=[(where, None)])  # type: ignore[list-item]
    return catalog


def _from_python(path: Path) -> Iterator[Message]:
    for _line, message, _comments, context in extract_from_file("python", path, KEYWORDS):
        yield (message if isinstance(message, str) else (message[0], message[1])), context


def _from_template(path: Path) -> Iterator[Message]:
    for call in _CALL.finditer(templatize(path.read_text(), origin=str(path))):
        texts: list[str] = list(ast.literal_eval(f"[{call['texts']}]"))
        context = texts.pop(0) if "p" in call["name"] else None
        yield (texts[0] if len(texts) == 1 else (texts[0], texts[1])), context


def load() -> Catalog:
    """Return the Chinese catalogue as it is."""
    if not PO.exists():
        return Catalog(locale="zh_Hans")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def updated() -> Catalog:
    """Return the Chinese catalogue with the strings of the code as it is now."""
    catalog = load()
    catalog.update(extract(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = UNDATED
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """Return the strings without a Chinese text."""
    return [
        str(message.id) for message in catalog if message.id and not _is_complete(message.string)
    ]


def _is_complete(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


def save(catalog: Catalog) -> None:
    """Write the catalogue and its compiled form."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalog, width=100, sort_output=True, omit_header=True)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


if __name__ == "__main__":
    settings.configure()
    renewed = updated()
    save(renewed)
    for text in missing(renewed):
        print("no Chinese text:", text)
