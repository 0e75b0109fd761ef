"""Papers changing hands: given by one side, signed for by the other, never by the same person."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from openzone.engines.service.custody import ASSISTED, CROSS_REGION, Holder, keep_until, why_not
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.community.enums import PaperHolder, ProofKind
from openzone.zone.community.models import Filing, HandOver, Order, Paper
from openzone.zone.community.packs import calendar, pack, receipt_rule
from openzone.zone.community.permissions import may_hold
from openzone.zone.community.services.belonging import owner, owner_of, subject
from openzone.zone.community.services.proofs import Photos, keep_proofs
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

_NO_PAPERS = Text("请选择交接的材料", "choose the papers that change hands")
_NOT_HIS = Text("“{name}”不在{holder}手中", "“{name}” is not with the giver")
_PENDING = Text("“{name}”已在交接中", "“{name}” is being handed over already")
_SIGN = Text("请填写签收人", "name who signs")
_SAME = Text("交接双方不能是同一人", "the same person cannot sign for both sides")
_DONE = Text("该交接已签收", "this was signed for already")


class PaperSpec(NamedTuple):
    """A paper as it is taken in."""

    name: str
    original: bool = False


class Signature(NamedTuple):
    """Who signs for a side: an account, or a name where there is none (resident, courier)."""

    user: User | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """The name as it is kept."""
        return self.name.strip() or (str(self.user) if self.user else "")


@transaction.atomic
def take_in(
    *, actor: Actor, of: Order | Filing, papers: Sequence[PaperSpec], now: dt.datetime
) -> list[Paper]:
    """List the papers of an order or filing; they are still with the applicant."""
    rows = []
    for spec in papers:
        row = Paper(name=spec.name.strip(), original=spec.original, since=now, **owner(of))
        ensure_valid(row)
        row.save()
        rows.append(row)
    if not rows:
        raise Refused(_NO_PAPERS, field="papers")
    payload: dict[str, JSON] = {"papers": [row.name for row in rows]}
    record("community.papers.listed", actor=actor, subject=subject(of), payload=payload)
    return rows


@transaction.atomic
def give(
    *,
    actor: Actor,
    of: Order | Filing,
    papers: Sequence[Paper],
    taker: str,
    by: Signature,
    now: dt.datetime,
    note: str = "",
    photos: Photos | None = None,
) -> HandOver:
    """Hand papers on along the chain, or back; they are the giver's until the taker signs.

    ``photos`` show what was handed over.
    """
    rows = _locked(of, papers)
    giver = rows[0].holder
    _ensure_pass(of, rows, giver, taker)
    _ensure_signs(by, giver, of, now)
    hand_over = HandOver(
        giver=giver,
        taker=taker,
        given_by=by.label,
        given_user=by.user,
        given_at=now,
        note=note.strip(),
        **owner(of),
    )
    ensure_valid(hand_over)
    hand_over.save()
    hand_over.papers.set(rows)
    payload: dict[str, JSON] = {
        "from": giver,
        "to": taker,
        "papers": [row.name for row in rows],
        "given_by": by.label,
    }
    record("community.papers.given", actor=actor, subject=subject(of), payload=payload)
    _prove(actor, hand_over, ProofKind.GIVEN, photos, now)
    return hand_over


@transaction.atomic
def sign_for(
    *,
    actor: Actor,
    hand_over: HandOver,
    by: Signature,
    now: dt.datetime,
    photos: Photos | None = None,
) -> HandOver:
    """Sign for papers: only now they are with the taker, and the taker's limit runs."""
    current = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    of = owner_of(current)
    if current.taken_at is not None:
        raise Refused(_DONE)
    _ensure_signs(by, current.taker, of, now)
    if _same(current, by):
        raise Refused(_SAME, field="name")
    current.taken_by, current.taken_user, current.taken_at = by.label, by.user, now
    current.save()
    until = keep_limit(current.taker, now)
    for paper in current.papers.select_for_update():
        paper.holder, paper.holder_name, paper.since = current.taker, by.label, now
        paper.keep_until = until if paper.original else None
        paper.save()
    payload: dict[str, JSON] = {
        "from": current.giver,
        "to": current.taker,
        "taken_by": by.label,
        "papers": list(current.papers.values_list("name", flat=True)),
    }
    record("community.papers.taken", actor=actor, subject=subject(of), payload=payload)
    _prove(actor, current, ProofKind.TAKEN, photos, now)
    return current


@transaction.atomic
def take_back(*, actor: Actor, hand_over: HandOver, now: dt.datetime) -> None:
    """Strike out a hand-over that nobody signed for; the papers never left the giver."""
    current = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    of = owner_of(current)
    if current.taken_at is not None:
        raise Refused(_DONE)
    payload: dict[str, JSON] = {"from": current.giver, "to": current.taker}
    current.delete()
    record("community.papers.taken_back", actor=actor, subject=subject(of), payload=payload)


def keep_limit(holder: str, now: dt.datetime) -> dt.datetime | None:
    """Return until when a holder may keep originals; the applicant keeps what is theirs."""
    limit = pack().custody.keep.get(Holder(holder))
    if limit is None:
        return None
    return to_aware(keep_until(to_local(now), limit, calendar(), receipt_rule()))


def chain(of: Order | Filing) -> tuple[Holder, ...]:
    """Return the hands papers go through."""
    return ASSISTED if isinstance(of, Order) else CROSS_REGION


def _prove(
    actor: Actor, hand_over: HandOver, what: ProofKind, photos: Photos | None, now: dt.datetime
) -> None:
    if photos is not None and photos.files:
        keep_proofs(
            actor=actor, of=owner_of(hand_over), what=what, photos=photos, now=now,
            hand_over=hand_over,
        )  # fmt: skip


def _locked(of: Order | Filing, papers: Sequence[Paper]) -> list[Paper]:
    rows = list(
        of.papers.select_for_update().filter(pk__in=[one.pk for one in papers]).order_by("pk")
    )
    if not rows or len(rows) != len({one.pk for one in papers}):
        raise Refused(_NO_PAPERS, field="papers")
    return rows


def _ensure_pass(of: Order | Filing, rows: Sequence[Paper], giver: str, taker: str) -> None:
    if taker not in PaperHolder.values:
        raise Refused(Text("请选择交给谁", "say to whom"), field="taker")
    for row in rows:
        if row.holder != giver:
            reason = _NOT_HIS.format(name=row.name, holder=PaperHolder(giver).label)
            raise Refused(reason, field="papers")
        if row.hand_overs.filter(taken_at__isnull=True).exists():
            raise Refused(_PENDING.format(name=row.name), field="papers")
    reason_ = why_not(chain(of), Holder(giver), Holder(taker))
    if reason_ is not None:
        raise Refused(reason_, field="taker")


def _ensure_signs(by: Signature, holder: str, of: Order | Filing, now: dt.datetime) -> None:
    """Let an account sign for its own unit only; applicant and courier sign by name."""
    if not by.label:
        raise Refused(_SIGN, field="name")
    by_name = holder in (PaperHolder.APPLICANT, PaperHolder.COURIER)
    if by.user is None:
        if not by_name and not _is_elsewhere(of, holder):
            raise Refused(_SIGN, field="name")
        return
    if by_name:
        raise Refused(_SIGN, field="name")
    decision = may_hold(by.user, holder, of, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)


def _is_elsewhere(of: Order | Filing, holder: str) -> bool:
    """Whether a side has no accounts here: an authority of another region signs by name."""
    if isinstance(of, Order):
        return False
    units = {
        PaperHolder.RECEIVING.value: of.receiving_unit,
        PaperHolder.DECIDING.value: of.deciding_unit,
    }
    return holder in units and units[holder] is None


def _same(hand_over: HandOver, by: Signature) -> bool:
    if by.user is not None and hand_over.given_user_id == by.user.pk:
        return True
    return hand_over.given_user is None and by.user is None and hand_over.given_by == by.label
