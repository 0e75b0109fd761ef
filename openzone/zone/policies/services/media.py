"""Files and videos beside a policy. A file is known by its content, never by its name."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.files.gate import PICTURES, Checked, FileRefusedError, Kind, check
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.policies.enums import MediaKind
from openzone.zone.policies.history import locked_document, note
from openzone.zone.policies.models import Document, Item, Media

ALLOWED = {MediaKind.GRAPHIC: PICTURES, MediaKind.PAPER: PICTURES | {Kind.PDF, Kind.WORD}}


@transaction.atomic
def add_file(
    *,
    actor: Actor,
    document: Document,
    item: Item | None = None,
    kind: MediaKind,
    title: str,
    file_name: str,
    data: bytes,
) -> Media:
    """Keep a picture, PDF or docx; anything else is refused by what it is."""
    current = locked_document(document)
    found = _checked(file_name, data, kind)
    media = Media(
        document=current,
        item=item,
        kind=kind,
        title=title.strip(),
        file_name=found.name,
        content_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        added_by=actor.label[:150],
    )
    media.file.save(found.stored_name, ContentFile(data), save=False)
    ensure_valid(media)
    media.save()
    _note("added", actor, media)
    return media


@transaction.atomic
def add_video(
    *, actor: Actor, document: Document, item: Item | None = None, title: str, url: str
) -> Media:
    """Keep the address of a video; the video itself stays where it is."""
    if not url.startswith(("http://", "https://")):
        raise Refused(
            Text("网址须以http://或https://开头", "an address begins with http:// or https://"),
            field="url",
        )
    media = Media(
        document=locked_document(document),
        item=item,
        kind=MediaKind.VIDEO,
        title=title.strip(),
        url=url,
        added_by=actor.label[:150],
    )
    ensure_valid(media)
    media.save()
    _note("added", actor, media)
    return media


@transaction.atomic
def remove_media(*, actor: Actor, media: Media) -> Media:
    """Show it no longer. The file stays: what was public once can be shown again."""
    current = Media.objects.select_for_update(of=("self",)).get(pk=media.pk)
    if current.removed:
        raise Refused(Text("该附件已移除", "this was removed already"))
    current.removed = True
    current.save(update_fields=["removed"])
    _note("removed", actor, current)
    return current


def _checked(name: str, data: bytes, kind: MediaKind) -> Checked:
    if kind is MediaKind.VIDEO:
        raise Refused(Text("视频只登记网址", "a video is kept as an address"), field="kind")
    try:
        return check(name, data, allowed=ALLOWED[kind], largest=settings.MEDIA_LIMIT)
    except FileRefusedError as error:
        raise Refused(error.reason, field="file") from None


def _note(what: str, actor: Actor, media: Media) -> None:
    note(
        f"policies.media.{what}",
        actor=actor,
        document=media.document,
        item=media.item,
        about=media.title,
        payload={"media": media.pk, "sha256": media.sha256, "url": media.url},
    )
