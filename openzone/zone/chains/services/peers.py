"""Lists of another zone's firms: read in as a whole or not at all, and taken back."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.chains.model import Chain
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.zone import rowwise
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.chains.models import PeerList, PeerPlacement, PeerZone
from openzone.zone.chains.selectors.aimed import Words
from openzone.zone.chains.selectors.versions import chain_on
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

VOCABULARY: Final = Vocabulary((
    Field("firm", "text", None, "企业名称", "Firm", ("企业", "名称", "单位名称"), required=True),
    Field("node", "text", None, "链条环节", "Link of the chain",
          ("环节", "节点", "产业链环节", "所属环节"), required=True),
))  # fmt: skip
TO_COME: Final = Text("{day} 还没有到", "{day} has not come yet")
EMPTY: Final = Text("文件中没有企业", "the file has no firm")
FAULT: Final = Text("第{row}行：{reason}", "row {row}: {reason}")
NO_NODE: Final = Text("“{node}”不是“{chain}”的环节", "“{node}” is no link of “{chain}”")
TWICE: Final = Text("{firm}在“{node}”已列过", "{firm} is at “{node}” already")
GONE: Final = Text("该名单已撤回", "this list was withdrawn already")
SHOWN: Final = 10
MORE: Final = Text("另有{n}行有误", "{n} more rows are wrong")


@transaction.atomic
def import_peer(
    *, actor: Actor, user: User, peer: str, chain: str, source: str, as_of: dt.date,
    file_name: str, data: bytes, now: dt.datetime, region: str = "", synthetic: bool = False,
) -> PeerList:  # fmt: skip
    """Keep what a source said of the firms of another zone in a chain; every row, or none.

    Raises:
        Refused: the file cannot be read, or rows are wrong: each is named with its reason.

    """
    if as_of > timezone.localdate(now):
        raise Refused(TO_COME.format(day=as_of), field="as_of")
    rows = _rows(chain_on(chain, timezone.localdate(now)), file_name, data, as_of)
    zone, _is_new = PeerZone.objects.get_or_create(
        name=peer.strip(), defaults={"region": region.strip(), "synthetic": synthetic,
                                     "recorded_at": now},
    )  # fmt: skip
    made = PeerList(
        peer=zone, chain=chain, source=source.strip(), as_of=as_of,
        file_name=PurePath(file_name).name[-255:], recorded_by=user, recorded_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    PeerPlacement.objects.bulk_create(
        [PeerPlacement(listing=made, firm=firm, node=node) for firm, node in rows], batch_size=500
    )
    record(
        "chains.peer.imported", actor=actor, subject=f"peer_list:{made.pk}",
        payload={"peer": zone.name, "chain": chain, "rows": len(rows), "source": made.source},
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw_peer(*, actor: Actor, listing: PeerList, now: dt.datetime) -> PeerList:
    """Take a list back: it is compared with no longer, and stays on record."""
    fresh = PeerList.objects.select_for_update().get(pk=listing.pk)
    if fresh.withdrawn_at is not None:
        raise Refused(GONE)
    fresh.withdrawn_at = now
    fresh.save(update_fields=["withdrawn_at"])
    record("chains.peer.withdrawn", actor=actor, subject=f"peer_list:{fresh.pk}")
    return fresh


def _rows(known: Chain, file_name: str, data: bytes, as_of: dt.date) -> list[tuple[str, str]]:
    """Return firm and node of every row."""
    reading = rowwise.read(file_name, data, VOCABULARY, as_of)
    words, kept, faults = Words(known), dict[tuple[str, str], None](), list[Text]()
    faults += [_placed(one) for one in reading.errors]
    for number, firm, node in _given(reading.good_rows):
        at = words.node(node)
        if at is None:
            reason = NO_NODE.format(node=node, chain=str(known.name.zh))
        elif (firm, at) in kept:
            reason = TWICE.format(firm=firm, node=node)
        else:
            kept[firm, at] = None
            continue
        faults.append(_fault(number, reason))
    if faults or not kept:
        raise Refused(_told(faults) if faults else EMPTY, field="file")
    return list(kept)


def _given(rows: list[Row]) -> Iterator[tuple[int, str, str]]:
    for row in rows:
        said = rowwise.given(row)
        yield row.number, said["firm"], said["node"]


def _placed(one: Problem) -> Text:
    return Text(f"{one.place.zh}：{one.reason.zh}", f"{one.place.en}: {one.reason.en}")


def _fault(row: int, reason: Text) -> Text:
    return Text(
        FAULT.zh.format(row=row, reason=reason.zh), FAULT.en.format(row=row, reason=reason.en)
    )


def _told(faults: list[Text]) -> Text:
    shown = faults[:SHOWN]
    if len(faults) > SHOWN:
        shown = [*shown, MORE.format(n=len(faults) - SHOWN)]
    return Text("；".join(one.zh for one in shown), "; ".join(one.en for one in shown))
