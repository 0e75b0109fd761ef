"""Papers that come with an event."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.core.files.base import ContentFile

from openzone.engines.files.gate import Checked, FileRefusedError, check
from openzone.engines.text import Text
from openzone.zone.cases.models import Attachment, Case
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

MOST_FILES = 20
EVIDENCE = "evidence"


class Upload(NamedTuple):
    """A file as it was sent; ``field`` is the form field it answers, ``evidence`` for proof."""

    name: str
    data: bytes
    field: str = ""


class Paper(NamedTuple):
    """An upload that may come in."""

    upload: Upload
    checked: Checked


def checked(files: Sequence[Upload]) -> list[Paper]:
    """Let every file through the gate, or refuse them all."""
    if len(files) > MOST_FILES:
        raise Refused(Text("附件最多{n}个", "at most {n} files").format(n=MOST_FILES), field="file")
    return [Paper(file, _check(file)) for file in files]


def _check(file: Upload) -> Checked:
    try:
        return check(file.name, file.data)
    except FileRefusedError as error:
        said = Text(f"{file.name}：{error.reason.zh}", f"{file.name}: {error.reason.en}")
        answers = file.field not in ("", EVIDENCE)
        raise Refused(said, field=file.field if answers else "file") from None


def attach(
    case: Case, seq: int, papers: Sequence[Paper], *, user: User | None, at: dt.datetime
) -> list[Attachment]:
    """Keep the papers of an event."""
    made = []
    for upload, found in papers:
        paper = Attachment(
            case=case,
            seq=seq,
            field=upload.field,
            name=found.name,
            kind=found.kind.value,
            size=found.size,
            sha256=found.sha256,
            added_by=user,
            added_at=at,
        )
        paper.file.save(found.stored_name, ContentFile(upload.data), save=False)
        paper.save()
        made.append(paper)
    return made
