"""Papers going from hand to hand, for orders and filings alike; both sides sign."""

import base64
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from pydantic import Field

from openzone.engines.files.gate import MEDIA_TYPES, Kind
from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked
from openzone.www.api.shapes.community import HandOverOut, PhotoOut, ProofOut
from openzone.www.api.values import FileIn, Id, Line, content_of
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.community.enums import PaperHolder
from openzone.zone.community.models import Filing, HandOver, Order, Paper
from openzone.zone.community.permissions import may_prove
from openzone.zone.community.services.custody import (
    Signature,
    chain,
    give,
    sign_for,
    take_back,
)
from openzone.zone.community.services.proofs import Photos, add_proofs, note_look
from openzone.zone.errors import Refused

Of = Order | Filing
Seen = Callable[[Asked, int], Of]
GIVE = Text("移交材料", "Hand papers over")
SIGN = Text("签收材料", "Sign for papers")
STRIKE = Text("撤回移交", "Take a hand-over back")
ADD = Text("补充照片", "Add photographs")
OPEN = Text("打开照片", "Open a photograph")


class GiveIn(Body):
    """Which papers go to whom; ``name`` where somebody without an account signs."""

    papers: list[Id]
    taker: str = Field(json_schema_extra={"enum": list[Any](PaperHolder.values)})
    name: Line = ""
    note: Line = ""
    photos: list[FileIn] = []


class TakeIn(Body):
    """Who signs, where it is somebody without an account."""

    name: Line = ""
    photos: list[FileIn] = []


class PhotosIn(Body):
    """Photographs and papers; they pass the gate of all uploads."""

    photos: list[FileIn]


def photos_of(asked: Asked, sent: Sequence[FileIn]) -> Photos:
    """Return photographs as the services take them."""
    return Photos(asked.user, [Upload(one.name, content_of(one), "photos") for one in sent])


def offer(desk: Desk, root: str, seen: Seen) -> None:
    """Register the operations of custody under the address of what papers belong to."""
    kind = root.strip("/").removesuffix("s")

    def give_papers(asked: Asked, sent: GiveIn, pk: Id) -> Any:
        """Papers stay the giver's until the other side signs for them."""
        return _given(asked, seen(asked, pk), sent)

    def sign_papers(asked: Asked, sent: TakeIn, pk: Id, row: Id) -> Any:
        """The other side signs: the papers are in its hands from now on."""
        found = _of(seen(asked, pk), row)
        by = _signature(asked, sent.name)
        photos = photos_of(asked, sent.photos)
        return sign_for(actor=asked.actor, hand_over=found, by=by, now=asked.now, photos=photos)

    def strike_papers(asked: Asked, sent: Body, pk: Id, row: Id) -> Any:
        """Take back a hand-over nobody signed for; answers the papers as they were listed."""
        found = _of(seen(asked, pk), row)
        kept = _copy(found)
        take_back(actor=asked.actor, hand_over=found, now=asked.now)
        return kept

    def add_photos(asked: Asked, sent: PhotosIn, pk: Id, row: Id) -> Any:
        """Add photographs to a hand-over afterwards: who signed for one side of it."""
        found = _of(seen(asked, pk), row)
        require(may_prove(asked.user, found))
        photos = photos_of(asked, sent.photos)
        return add_proofs(actor=asked.actor, hand_over=found, photos=photos, now=asked.now)

    def open_photo(asked: Asked, sent: Body, pk: Id, row: Id) -> Any:
        """A photograph with its content; that it was looked at is in the log."""
        proof = get_object_or_404(seen(asked, pk).proofs, pk=row)
        with proof.file.open("rb") as stored:
            content = stored.read()
        note_look(actor=asked.actor, proof=proof)
        return {
            "name": proof.name,
            "media_type": MEDIA_TYPES[Kind(proof.kind)],
            "content": base64.b64encode(content).decode(),
        }

    for do in (give_papers, sign_papers, strike_papers, add_photos, open_photo):
        do.__name__ = f"{kind}_{do.__name__}"
    desk.act(f"{root}/{{pk}}/hand-overs", GIVE, GiveIn, HandOverOut, status=201)(give_papers)
    desk.act(f"{root}/{{pk}}/hand-overs/{{row}}/sign", SIGN, TakeIn, HandOverOut)(sign_papers)
    desk.act(f"{root}/{{pk}}/hand-overs/{{row}}/strike", STRIKE, None, HandOverOut)(strike_papers)
    desk.act(f"{root}/{{pk}}/hand-overs/{{row}}/photos", ADD, PhotosIn, list[ProofOut],
             status=201)(add_photos)  # fmt: skip
    desk.act(f"{root}/{{pk}}/photos/{{row}}/open", OPEN, None, PhotoOut)(open_photo)


def _given(asked: Asked, of: Of, sent: GiveIn) -> HandOver:
    papers: list[Paper] = list(of.papers.filter(pk__in=sent.papers))
    if not papers or len(papers) != len(set(sent.papers)):
        raise Refused(Text("没有这份材料", "there is no such paper"), field="papers")
    if sent.taker not in [holder.value for holder in chain(of)]:
        raise Refused(Text("不在交接链上", "is not a link of the chain"), field="taker")
    return give(
        actor=asked.actor,
        of=of,
        papers=papers,
        taker=sent.taker,
        by=_signature(asked, sent.name),
        now=asked.now,
        note=sent.note,
        photos=photos_of(asked, sent.photos),
    )


def _of(of: Of, row: int) -> HandOver:
    return get_object_or_404(of.hand_overs.select_related("order__case", "filing__case"), pk=row)


def _signature(asked: Asked, name: str) -> Signature:
    """Return who signs: by name where one is given, else the account."""
    return Signature(None, name) if name.strip() else Signature(asked.user, "")


def _copy(found: HandOver) -> dict[str, Any]:
    names = ("id", "giver", "taker", "given_by", "taken_by", "note")
    moments: dict[str, dt.datetime | None] = {
        "given_at": found.given_at, "taken_at": found.taken_at
    }  # fmt: skip
    return (
        {name: getattr(found, name) for name in names}
        | moments
        | {"papers": list(found.papers.all())}
    )
