"""What a version says besides its conditions, as inputs show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.www.drafting.patches import SECTIONS, Document, version_of
from openzone.zone.rulebook.selectors.texts import file_text

LABELS: Mapping[str, Promise] = {
    "let": _("Formulas with a name"),
    "scores": _("Points"),
    "classify": _("Classes"),
    "amount": _("Amount"),
    "near": _("How near a near miss is"),
}
HINTS: Mapping[str, str] = {
    "let": "rd_share: {ratio: [rd_expense_y1, sales_y1]}",
    "scores": "total: {label: {zh: 总分, en: Total}, max: 100, parts: [...]}",
    "classify": "levels: [...]",
    "amount": 'number: {min: [{mul: ["10%", rd_expense_y1]}, "200万"]}',
    "near": 'within: "20%"',
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a version that is written as text."""

    name: str
    label: Promise
    hint: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines the input shows."""
        return min(max(len(self.text.splitlines()) + 1, 2), 24)


@dataclass(frozen=True)
class Head:
    """The title, the document and the days of a version."""

    title: Mapping[str, str]
    kind: str
    version: Mapping[str, str]
    source: Mapping[str, str]
    notes: Mapping[str, str]
    parts: tuple[Part, ...]


def head_of(document: Document, index: int) -> Head:
    """Return the head of a version, every text empty where nothing is written."""
    version = version_of(document, index) or {}
    names = ("version", "effective_from", "effective_to", "verified")
    sources = ("title", "number", "issuer", "issued_on", "url")
    return Head(
        title=_texts(document.get("title"), ("zh", "en")),
        kind=str(document.get("kind") or ""),
        version=_texts(version, names),
        source=_texts(version.get("source"), sources),
        notes=_notes(version.get("notes")),
        parts=tuple(_part(name, version) for name in SECTIONS if belongs(name, version)),
    )


def belongs(name: str, version: Mapping[str, Any]) -> bool:
    """A rule answers by conditions or by classes, never both."""
    return name != "classify" or "when" not in version


def _part(name: str, version: Mapping[str, Any]) -> Part:
    given = version.get(name)
    text = file_text(given) if isinstance(given, dict) else str(given or "")
    return Part(name, LABELS[name], HINTS[name], text)


def _texts(given: object, names: tuple[str, ...]) -> dict[str, str]:
    found: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    return {name: _text(found.get(name)) for name in names}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _notes(given: object) -> dict[str, str]:
    notes = [note for note in given if isinstance(note, Mapping)] if isinstance(given, list) else []
    lines = {
        each: [" ".join(str(note.get(each, "")).split()) for note in notes] for each in ("zh", "en")
    }
    return {each: "\n".join(found) for each, found in lines.items()}
