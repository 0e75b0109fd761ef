"""Files and videos beside a policy. A file is known by its content, never by its name."""

import hashlib
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.reading.attachments import Accepted, NotAccepted, check
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.policies.enums import MediaKind
from openzone.zone.policies.history import locked_document, note
from openzone.zone.policies.models import Document, Item, Media


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
    accepted = _accepted(data, kind)
    digest = hashlib.sha256(data).hexdigest()
    media = Media(
        document=current,
        item=item,
        kind=kind,
        title=title.strip(),
        file_name=PurePath(file_name.replace("\\", "/").replace("\x00", "")).name[-255:],
        content_type=accepted.paper.content_type,
        size=accepted.size,
        sha256=digest,
        added_by=actor.label[:150],
    )
    # On disk the content names the file, and the kind it was found to be its ending.
    media.file.save(f"{digest[:32]}.{accepted.paper}", ContentFile(data), save=False)
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


def _accepted(data: bytes, kind: MediaKind) -> Accepted:
    try:
        accepted = check(data, max_bytes=settings.MEDIA_LIMIT)
    except NotAccepted as error:
        raise Refused(error.reason, field="file") from None
    if kind is MediaKind.VIDEO:
        raise Refused(Text("视频只登记网址", "a video is kept as an address"), field="kind")
    if kind is MediaKind.GRAPHIC and not accepted.paper.is_image:
        raise Refused(
            Text("图文须为图片（png、jpg）", "a graphic is a picture (png, jpg)"), field="file"
        )
    return accepted


def _note(what: str, actor: Actor, media: Media) -> None:
    note(
        f"policies.media.{what}",
        actor=actor,
        document=media.document,
        item=media.item,
        about=media.title,
        payload={"media": media.pk, "sha256": media.sha256, "url": media.url},
    )
