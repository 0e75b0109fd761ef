"""Workbooks on pages: an empty one to fill in, checked when sent, entered or put aside later."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from openzone.engines.tables.columns import Field, Vocabulary
from openzone.www import excel
from openzone.www.formats import say
from openzone.www.forms import refusals
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json

Sheet = TypeVar("Sheet")
STEPS = ("apply", "discard")


class Checked(Protocol):
    """A workbook of any room that was checked."""

    problems: Any


def empty(vocabulary: Vocabulary, name: str) -> HttpResponse:
    """Give an empty workbook with the columns, and what may stand in them."""
    columns = vocabulary.fields
    notes = [needed(columns), *lists(columns)]
    headings = [say(one.label) for one in columns]
    return excel.download(excel.Table(headings, [], notes, synthetic=False), name)


def needed(columns: Iterable[Field]) -> str:
    """Say which columns have to be filled in."""
    names = "、".join(say(one.label) for one in columns if one.required)
    return _("Needed: %(names)s") % {"names": names}


def lists(columns: Iterable[Field]) -> list[str]:
    """Say what may stand in the columns that take an answer of a list."""
    return [
        f"{say(one.label)}: {'、'.join(choice.labels[0] for choice in one.choices)}"
        for one in columns
        if one.choices
    ]


def checked(form: forms.Form, check: Callable[[str, bytes], Sheet]) -> Sheet | None:
    """Check the file of a form; a refusal stands at the form."""
    file = form.cleaned_data["file"]
    try:
        return check(file.name or "", file.read())
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


def shown(sheet: Checked, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what the page of a workbook draws."""
    return {
        "sheet": sheet,
        "columns": vocabulary.fields,
        "problems": [from_json(one) for one in sheet.problems],
    }


def ensure_step(step: str) -> None:
    """Answer 404 to a step there is none of."""
    if step not in STEPS:
        raise Http404


def taken(
    request: HttpRequest,
    step: str,
    *,
    apply: Callable[[], object],
    discard: Callable[[], object],
) -> bool:
    """Enter the good rows or put the workbook aside; a refusal is told on the next page."""
    ensure_step(step)
    try:
        (apply if step == "apply" else discard)()
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
        return False
    return True
