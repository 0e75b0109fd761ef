"""Writing a draft of a chain: begin, change, take over what was published meanwhile, give up."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from openzone.engines.rules.problems import PackError
from openzone.engines.text import Text
from openzone.packs.chain_checks import Read, checked
from openzone.packs.chain_formats import plain
from openzone.packs.chain_text import line, written
from openzone.packs.chain_workbook import read_files
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.chains.drafting import (
    LONGEST,
    OVER,
    digest,
    ensure_short,
    ensure_unseen,
    given_reason,
    locked,
    noted,
    of_state,
    open_,
    saved,
)
from openzone.zone.chains.enums import ChainDraftState
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.selectors.drafts import TEMPLATE, exists, newest, text_of
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

CHAIN_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
RESERVED = frozenset(
    {
        "candidates",
        "complexity",
        "export",
        "figures",
        "find",
        "placements",
        "roles",
        "versions",
        "zones",
    }
)
"""Words that stand where an address names a chain."""
NO_CHAIN = Text(
    "没有产业链“{chain}”第{number}版", "there is no version {number} of chain “{chain}”"
)
NOT_AN_ID = Text(
    "编号用小写英文字母、数字和下划线，以字母开头：{chain}",
    "an id is small Latin letters, digits and _, beginning with a letter: {chain}",
)
TAKEN = Text("已有编号为“{chain}”的产业链", "there is a chain “{chain}” already")
KEPT = Text("“{chain}”是系统保留的编号", "“{chain}” is kept for the system")
NO_NAME = Text("请填写名称", "give it a name")
UNREADABLE = Text(
    "文件无法读取：{first}（共{n}处）", "the file cannot be read: {first} ({n} faults)"
)
NO_ID = Text("文件里没有产业链编号（chain.id）", "the file names no chain (chain.id)")
NOT_A_MOVE = Text("请填写节点编号", "name nodes by their ids")
Files = Sequence[tuple[str, bytes]]


@transaction.atomic
def begin(
    *, actor: Actor, by: User, chain: str, now: dt.datetime, number: int | None = None
) -> ChainDraft:
    """Begin a draft with the newest version there is, or with the text of an older one."""
    base = newest(chain, _day(now))
    text = base.text if number is None else text_of(chain, number)
    if not text:
        raise Refused(NO_CHAIN.format(chain=chain, number=number or 0), field="chain")
    return _begun(actor, by, chain, text, now, {"from": base.number if number is None else number})


@transaction.atomic
def begin_empty(
    *, actor: Actor, by: User, chain: str, name_zh: str, name_en: str, now: dt.datetime
) -> ChainDraft:
    """Begin a chain that is not there yet, without nodes."""
    _ensure_new(chain, now)
    if not name_zh.strip():
        raise Refused(NO_NAME, field="name_zh")
    name = {"zh": name_zh.strip(), "en": name_en.strip() or name_zh.strip()}
    text = TEMPLATE.format(id=chain, name=line(name))
    return _begun(actor, by, chain, text, now, {"from": "nothing"})


@transaction.atomic
def begin_from_files(*, actor: Actor, by: User, files: Files, now: dt.datetime) -> ChainDraft:
    """Begin a draft with an imported file, of the chain it names; it may have faults yet.

    Tables of nodes and of edges may come as two files.
    """
    text, chain = imported(files)
    if not exists(chain, _day(now)):
        _ensure_new(chain, now)
    return _begun(actor, by, chain, text, now, {"files": [name for name, _ in files]})


@transaction.atomic
def save_text(
    *, actor: Actor, by: User, draft: ChainDraft, text: str, revision: int, now: dt.datetime
) -> ChainDraft:
    """Save a text over the one its editor saw (``revision``); it may have faults yet."""
    current = ensure_unseen(open_(draft), revision)
    ensure_short("text", text, LONGEST)
    current.text = text.replace("\r\n", "\n")
    return saved(actor, by, current, now, "saved", {"text": digest(current.text)})


@transaction.atomic
def take_files(
    *, actor: Actor, by: User, draft: ChainDraft, files: Files, revision: int, now: dt.datetime
) -> ChainDraft:
    """Put an imported file in the place of the text of a draft."""
    current = ensure_unseen(open_(draft), revision)
    current.text, _chain = imported(files)
    return saved(actor, by, current, now, "imported", {"files": [name for name, _ in files]})


@transaction.atomic
def move_firms(
    *, actor: Actor, by: User, draft: ChainDraft, moves: Mapping[str, str], revision: int,
    now: dt.datetime,
) -> ChainDraft:  # fmt: skip
    """Say which node takes over the firms of nodes that the draft does not have any more."""
    current = ensure_unseen(open_(draft), revision)
    for old, new in moves.items():
        if not (old.isprintable() and new.isprintable() and len(old) <= 64 and len(new) <= 64):
            raise Refused(NOT_A_MOVE, field="moves")
    current.moves = {old: new for old, new in moves.items() if old and new}
    return saved(actor, by, current, now, "moves_said", {"moves": dict(current.moves)})


@transaction.atomic
def rebase(*, actor: Actor, by: User, draft: ChainDraft, now: dt.datetime) -> ChainDraft:
    """Go on from what was published meanwhile; the text stays, its editors saw what differs."""
    current = open_(draft)
    base = newest(current.chain, _day(now))
    current.base_number, current.base_text = base.number, base.text
    return saved(actor, by, current, now, "rebased", {"base": base.number})


@transaction.atomic
def withdraw(*, actor: Actor, by: User, draft: ChainDraft, reason: str) -> ChainDraft:
    """Give a draft up; it stays to be read."""
    current = locked(draft)
    if current.state not in (ChainDraftState.DRAFT, ChainDraftState.SUBMITTED):
        raise Refused(of_state(OVER, current))
    current.state, current.reason = ChainDraftState.WITHDRAWN, given_reason(reason)
    current.save()
    current.editors.add(by)
    noted("withdrawn", actor, current, reason=current.reason)
    return current


def imported(files: Files) -> tuple[str, str]:
    """Return the text of a chain file, and the chain it names; YAML stays as it is written."""
    try:
        given = read_files(files)
    except PackError as error:
        first = error.problems[0]
        raise Refused(_unreadable(f"{first.place}", first.reason, len(error.problems)),
                      field="files") from None  # fmt: skip
    head = given.value.get("chain")
    chain = head.get("id") if isinstance(head, Mapping) else None
    if not isinstance(chain, str) or not chain:
        raise Refused(NO_ID, field="files")
    name, data = files[0]
    as_it_is = name.lower().endswith((".yaml", ".yml"))
    text = data.decode("utf-8-sig").replace("\r\n", "\n") if as_it_is else _written(given)
    ensure_short("files", text, LONGEST)
    return text, chain


def _written(given: Read) -> str:
    """Write a chain as YAML; one with faults as far as it could be read."""
    try:
        return written(plain(checked(given)))
    except PackError:
        return written(given.value)


def _unreadable(place: str, why: Text, n: int) -> Text:
    return Text(
        UNREADABLE.zh.format(first=f"{place}{why.zh}", n=n),
        UNREADABLE.en.format(first=f"{place}{why.en}", n=n),
    )


def _begun(
    actor: Actor, by: User, chain: str, text: str, now: dt.datetime, payload: Mapping[str, JSON]
) -> ChainDraft:
    ensure_short("files", text, LONGEST)
    base = newest(chain, _day(now))
    draft = ChainDraft.objects.create(
        chain=chain, text=text, base_number=base.number, base_text=base.text, author=by,
        edited_by=by, edited_at=now,
    )  # fmt: skip
    draft.editors.add(by)
    noted("begun", actor, draft, **payload)
    return draft


def _ensure_new(chain: str, now: dt.datetime) -> None:
    if not CHAIN_ID.fullmatch(chain):
        raise Refused(NOT_AN_ID.format(chain=chain), field="chain")
    if chain in RESERVED:
        raise Refused(KEPT.format(chain=chain), field="chain")
    if exists(chain, _day(now)):
        raise Refused(TAKEN.format(chain=chain), field="chain")


def _day(now: dt.datetime) -> dt.date:
    return timezone.localdate(now)
