"""The way of an uploaded workbook: kept as it came, judged row by row, entered as a whole.

Every app has a table of its own for them; what they share is here. ``rowwise`` judges the rows.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Final, Protocol, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.marking import mark_workbook
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.zone import rowwise
from openzone.zone.audit.chain import JSON
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.rowwise import Values

DONE: Final = Text("该文件已处理", "this file was dealt with")
NO_ROW: Final = Text("没有可以录入的行", "there is no row to enter")
NO_LONGER: Final = Text(
    "第 {row} 行已不能录入：{reason}", "row {row} cannot be entered any more: {reason}"
)


class Workbook(models.Model):
    """A workbook that was brought in. A table adds its ``file`` and its ``state``.

    ``rows`` are the good ones as they are stored until they are entered, ``problems`` everything
    else; ``created`` and ``changed`` count what the rows would make, later what they made.
    """

    file_name = models.CharField(_("File"), max_length=255)
    as_of = models.DateField(_("As of"))
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    created = models.PositiveIntegerField(_("New"), default=0)
    changed = models.PositiveIntegerField(_("On record before"), default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class Filed(Protocol):
    """A row of a table of workbooks, with its file."""

    file_name: str
    file: FieldFile
    rows: Any
    problems: Any


S = TypeVar("S", bound=models.Model)


def short(file_name: str) -> str:
    """Return the name of a file as it is shown: its last part, not too long."""
    return PurePath(file_name).name[-255:]


def keep(sheet: Filed, data: bytes) -> None:
    """Put the file with its row, which the caller saves; its name says nothing about the sender."""
    name = hashlib.sha256(data).hexdigest()[:32]
    suffix = PurePath(sheet.file_name).suffix[:6]
    sheet.file.save(f"{name}{suffix}", ContentFile(data), save=False)


def content(sheet: Filed) -> bytes:
    """Return the file as it came."""
    with sheet.file.open("rb") as stored:
        return bytes(stored.read())


def marked(sheet: Filed) -> bytes:
    """Return the workbook with every problem marked in its cell."""
    problems = [from_json(one) for one in sheet.problems]
    try:
        limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
        return mark_workbook(sheet.file_name, content(sheet), problems, limits)
    except FileRefused as error:
        raise Refused(error.text, field="file") from None


def in_state(sheet: S, *states: str, reason: Text = DONE) -> S:
    """Lock a workbook until the transaction ends; refuse one that was dealt with already."""
    current = type(sheet)._default_manager.select_for_update(of=("self",)).get(pk=sheet.pk)
    if getattr(current, "state") not in states:  # noqa: B009 - every table has its own states
        raise Refused(reason)
    return current


def stored(row: Row) -> Values:
    """Return a row as it is stored until it is entered."""
    return {name: plain(value) for name, value in rowwise.given(row).items()}


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def enter_all(sheet: Filed, enter: Callable[[Values], object]) -> None:
    """Enter every good row; one that has become impossible since the check stops it all."""
    if not sheet.rows:
        raise Refused(NO_ROW)
    for row in sheet.rows:
        enter_one(row, enter)


def enter_one(row: Values, enter: Callable[[Values], object]) -> None:
    """Enter a row, or say which one cannot be entered any more."""
    try:
        enter(row)
    except Refused as refusal:
        raise Refused(no_longer(row["row"], refusal), field=refusal.field) from None


def no_longer(row: object, refusal: Refused) -> Text:
    """Return that a row which was good when it was checked is good no more."""
    why = refusal.reason
    return Text(
        NO_LONGER.zh.format(row=row, reason=why.zh), NO_LONGER.en.format(row=row, reason=why.en)
    )


def summary(sheet: Filed, counted: Iterable[str] = ("created", "changed")) -> Mapping[str, JSON]:
    """Return what the log says of a workbook."""
    counts: dict[str, JSON] = {name: getattr(sheet, name) for name in counted}
    return {
        "file": sheet.file_name, "rows": len(sheet.rows), "problems": len(sheet.problems), **counts,
    }  # fmt: skip
