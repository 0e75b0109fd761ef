"""Reading the whole log again, to see whether anything was edited, removed or added."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db import connections

from openzone.engines.text import Text
from openzone.zone.audit.chain import GENESIS, canonical, digest, moment
from openzone.zone.audit.models import ChainHead, Event
from openzone.zone.audit.protection import missing
from openzone.zone.errors import Refused

SHOWN = 100
"""Findings kept in full; the rest is counted."""

_COLUMNS = (
    "previous",
    "seq",
    "at",
    "actor_kind",
    "actor_id",
    "actor_label",
    "action",
    "subject",
    "payload",
    "hash",
)
_Row = tuple[str, int, datetime, str, str, str, str, str, str, str]


class Kind(StrEnum):
    """What can be wrong with the log."""

    EDITED = "edited"
    GAP = "gap"
    LINK = "link"
    CUT = "cut"
    HEAD = "head"
    ANCHOR = "anchor"
    TRIGGER = "trigger"


_MESSAGES = {
    Kind.EDITED: Text("第{seq}条内容被改动", "event {seq} was edited"),
    Kind.GAP: Text("缺少第{seq}条至第{last}条", "events {seq} to {last} are missing"),
    Kind.LINK: Text("第{seq}条与前一条不相连", "event {seq} is not linked to the one before"),
    Kind.CUT: Text(
        "末尾被截断：记录应有{seq}条，实有{last}条",
        "the end was cut off: {seq} events were written, {last} are there",
    ),
    Kind.HEAD: Text(
        "链头与第{seq}条不一致", "the head of the chain does not agree with event {seq}"
    ),
    Kind.ANCHOR: Text(
        "第{seq}条与外部存证不一致", "event {seq} does not agree with the anchor kept outside"
    ),
    Kind.TRIGGER: Text(
        "数据库保护触发器{name}缺失或被改动", "the trigger {name} is missing or was altered"
    ),
}


class Finding(NamedTuple):
    """One thing wrong, at one number."""

    kind: Kind
    seq: int
    message: Text


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the log was at one moment, to be kept where nobody who can change the log can write."""

    seq: int
    hash: str
    at: str | None
    count: int


@dataclass
class Verification:
    """What a reading of the log found. ``seq`` and ``hash`` are of the last event read."""

    checked: int = 0
    seq: int = 0
    hash: str = GENESIS
    findings: list[Finding] = field(default_factory=list)
    found: int = 0

    @property
    def intact(self) -> bool:
        """Say whether nothing is wrong."""
        return self.found == 0

    @property
    def summary(self) -> Text:
        """Return the result as one sentence."""
        if self.intact:
            return Text("日志完整：已核验{n}条", "the log is intact: {n} events verified").format(
                n=self.checked
            )
        return Text(
            "日志有{found}处问题：已核验{n}条", "the log has {found} faults: {n} events verified"
        ).format(n=self.checked, found=self.found)

    def report(self, kind: Kind, seq: int, **values: object) -> None:
        """Note a fault."""
        self.found += 1
        if len(self.findings) < SHOWN:
            self.findings.append(Finding(kind, seq, _MESSAGES[kind].format(seq=seq, **values)))


def verify(anchor: Anchor | None = None) -> Verification:
    """Read the whole log and report every edit, gap, forged link, cut tail and lost trigger.

    Whoever can write everything in the database can also rewrite every hash and the head: only an
    ``anchor`` exported before and kept elsewhere shows that. Events written meanwhile are left out.
    """
    result = Verification()
    head = ChainHead.objects.first()
    for row in _stream(head):
        _check(row, result, anchor)
    if head is None:
        _report_lost_head(result)
    else:
        _compare_with_head(result, head)
    if anchor is not None and anchor.seq > result.seq:
        result.report(Kind.CUT, anchor.seq, last=result.seq)
    for name in missing(connections[Event.objects.db]):
        result.report(Kind.TRIGGER, result.seq, name=name)
    return result


def export_anchor() -> str:
    """Return number, hash, time and count of the latest event as JSON, to be kept elsewhere."""
    last = Event.objects.order_by("-seq").first()
    if last is None:
        return canonical(asdict(Anchor(0, GENESIS, None, 0)))
    anchor = Anchor(
        last.seq, last.hash, moment(last.at), Event.objects.filter(seq__lte=last.seq).count()
    )
    return canonical(asdict(anchor))


def read_anchor(text: str) -> Anchor:
    """Return an exported anchor; anything else is refused."""
    try:
        anchor = Anchor(**json.loads(text))
    except (ValueError, TypeError):
        raise Refused(_NO_ANCHOR) from None
    if not (isinstance(anchor.seq, int) and isinstance(anchor.hash, str) and anchor.seq >= 0):
        raise Refused(_NO_ANCHOR)
    return anchor


_NO_ANCHOR = Text("这不是日志存证文件", "this is not an anchor of the log")


def _stream(head: ChainHead | None) -> Iterator[_Row]:
    log = Event.objects.order_by("seq").values_list(*_COLUMNS)
    if head is not None:
        log = log.filter(seq__lte=head.seq)
    return log.iterator(chunk_size=5000)


def _check(row: _Row, result: Verification, anchor: Anchor | None) -> None:
    previous, seq, at, *texts, stored = row
    if seq != result.seq + 1:
        result.report(Kind.GAP, result.seq + 1, last=seq - 1)
    elif previous != result.hash:
        result.report(Kind.LINK, seq)
    if digest(previous, seq, at, *texts) != stored:
        result.report(Kind.EDITED, seq)
    if anchor is not None and seq == anchor.seq and stored != anchor.hash:
        result.report(Kind.ANCHOR, seq)
    result.checked += 1
    result.seq, result.hash = seq, stored


def _report_lost_head(result: Verification) -> None:
    """A log without a head is only right before the first event."""
    if result.checked:
        result.report(Kind.HEAD, result.seq)


def _compare_with_head(result: Verification, head: ChainHead) -> None:
    if result.seq < head.seq:
        result.report(Kind.CUT, head.seq, last=result.seq)
    elif result.hash != head.hash:
        result.report(Kind.HEAD, head.seq)
    if _runs_past(head):
        result.report(Kind.HEAD, head.seq)


def _runs_past(head: ChainHead) -> bool:
    """Say whether there are events past a head that stands still: then it was set back.

    Event and head are written in one transaction, so an honest writer has moved the head by now.
    """
    beyond = Event.objects.filter(seq__gt=head.seq).exists()
    return beyond and ChainHead.objects.filter(seq=head.seq, hash=head.hash).exists()
