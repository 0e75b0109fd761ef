"""A compendium: asked for by a person, made in the background, kept with its two files."""

import datetime as dt
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.policies.compendium.content import WORDS, Author, items_of
from openzone.zone.policies.compendium.pdf import pdf, unprintable
from openzone.zone.policies.compendium.word import word
from openzone.zone.policies.enums import WorkStatus
from openzone.zone.policies.models import Compendium

Progress = Callable[[int, int, Text], None]
STEPS = 3


@transaction.atomic
def ask_for_compendium(
    *, actor: Actor, on: dt.date, language: str, level: str = "", category: str = ""
) -> Compendium:
    """Ask for a compendium of what is in force on a day, of one level or category or all."""
    if not items_of(on, level, category).exists():
        raise Refused(
            Text(
                "没有符合条件的已发布事项，请更换日期、级别或类别",
                "no published item fits: choose another day, level or category",
            )
        )
    asked = Compendium.objects.create(
        as_of=on, level=level, category=category, language=language, asked_by=actor.label[:150]
    )
    _record("asked", actor, asked)
    return asked


@transaction.atomic
def finish_compendium(
    *, actor: Actor, compendium: Compendium, on_progress: Progress | None = None
) -> Compendium:
    """Make both files and keep them; one that is made already stays as it is."""
    current = Compendium.objects.select_for_update().get(pk=compendium.pk)
    if current.status == WorkStatus.DONE:
        return current
    report = on_progress or _silent
    report(0, STEPS, WORDS["contents"])
    author = Author(current.language, current.as_of)
    book = author.book(items_of(current.as_of, current.level, current.category))
    report(1, STEPS, WORDS["setting"])
    name = f"{current.as_of:%Y%m%d}-{current.pk}"
    current.word.save(f"{name}.docx", ContentFile(word(book)), save=False)
    report(2, STEPS, WORDS["setting"])
    current.pdf.save(f"{name}.pdf", ContentFile(pdf(book)), save=False)
    current.notes = [unprintable(book)]
    current.items, current.status = book.items, WorkStatus.DONE
    current.save()
    report(STEPS, STEPS, WORDS["setting"])
    _record("made", actor, current)
    return current


def _silent(done: int, total: int, text: Text) -> None:
    """Tell nobody."""


def _record(what: str, actor: Actor, compendium: Compendium) -> None:
    record(
        f"policies.compendium.{what}",
        actor=actor,
        subject=f"compendium:{compendium.pk}",
        payload={
            "as_of": compendium.as_of,
            "level": compendium.level,
            "category": compendium.category,
            "items": compendium.items,
        },
    )
