"""Photographs and papers of hand-overs and home visits, through the gate of all uploads."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.services.attaching import Paper as Checked
from openzone.zone.cases.services.attaching import Upload, checked
from openzone.zone.community.enums import ProofKind
from openzone.zone.community.models import Filing, HandOver, Order, Proof
from openzone.zone.community.permissions import may_prove
from openzone.zone.community.services.belonging import owner, owner_of, subject
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

_NOTHING = Text("请拍照或选择文件", "take a photograph or choose a file")


class Photos(NamedTuple):
    """Files somebody took of a step; a resident who signs by name has the agent take them."""

    by: User
    files: Sequence[Upload] = ()


@transaction.atomic
def keep_proofs(
    *,
    actor: Actor,
    of: Order | Filing,
    what: ProofKind,
    photos: Photos,
    now: dt.datetime,
    hand_over: HandOver | None = None,
) -> list[Proof]:
    """Keep the files of a step, all of them or, where one may not come in, none."""
    papers = _passed(photos.files)
    rows = [_kept(paper, of, what, photos.by, now, hand_over) for paper in papers]
    if rows:
        payload: dict[str, JSON] = {"what": what.value, "files": [row.sha256 for row in rows]}
        record("community.proof.added", actor=actor, subject=subject(of), payload=payload)
    return rows


@transaction.atomic
def add_proofs(
    *, actor: Actor, hand_over: HandOver, photos: Photos, now: dt.datetime
) -> list[Proof]:
    """Add photographs to a hand-over afterwards: only who signed for one side of it can."""
    current = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    decision = may_prove(photos.by, current)
    if not decision.allowed:
        raise Refused(decision.reason)
    if not photos.files:
        raise Refused(_NOTHING, field="photos")
    what = ProofKind.TAKEN if current.taken_user_id == photos.by.pk else ProofKind.GIVEN
    return keep_proofs(
        actor=actor, of=owner_of(current), what=what, photos=photos, now=now, hand_over=current
    )


@transaction.atomic
def note_look(*, actor: Actor, proof: Proof) -> None:
    """Write down who was given a photograph."""
    payload: dict[str, JSON] = {"proof": proof.pk, "sha256": proof.sha256}
    of = owner_of(proof)
    record("community.proof.seen", actor=actor, subject=subject(of), payload=payload)


def _passed(files: Sequence[Upload]) -> list[Checked]:
    """Let them through the gate; what it refuses is told at the field."""
    try:
        return checked(files)
    except Refused as refusal:
        raise Refused(refusal.reason, field="photos") from None


def _kept(
    paper: Checked,
    of: Order | Filing,
    what: ProofKind,
    by: User,
    now: dt.datetime,
    hand_over: HandOver | None,
) -> Proof:
    upload, found = paper
    row = Proof(
        hand_over=hand_over,
        what=what,
        name=found.name,
        kind=found.kind.value,
        size=found.size,
        sha256=found.sha256,
        added_by=by,
        added_at=now,
        **owner(of),
    )
    row.file.save(found.stored_name, ContentFile(upload.data), save=False)
    row.save()
    return row
