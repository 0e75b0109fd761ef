"""Explaining a policy: five fields in versions, reviewed where a model drafted them."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.policies.enums import DraftedBy, TextStatus
from openzone.zone.policies.history import (
    differences,
    ensure_reason,
    locked_document,
    note,
)
from openzone.zone.policies.models import Document, Interpretation, Item
from openzone.zone.policies.reviewing import (
    UNREVIEWED,
    ensure_publishable,
    identity,
    review,
)
from openzone.zone.policies.selectors.meaning import basis


class FiveFields(NamedTuple):
    """政策内容、适用对象、适用时间、申报条件、申请材料: all five are asked for (row XN-04)."""

    content: str
    audience: str
    period: str
    conditions: str
    materials: str


@transaction.atomic
def write_interpretation(
    *,
    actor: Actor,
    document: Document,
    item: Item | None = None,
    fields: FiveFields,
    on: dt.date,
    drafted_by: DraftedBy = DraftedBy.PERSON,
) -> Interpretation:
    """Write the next version as a draft; a draft still open is written over.

    A draft a model began stays one a model drafted, whoever edits it.
    """
    current = locked_document(document)
    versions = Interpretation.objects.filter(document=current, item=item)
    draft = versions.filter(status=TextStatus.DRAFT).first()
    if draft is None:
        last = versions.aggregate(last=Max("number"))["last"] or 0
        draft = Interpretation(document=current, item=item, number=last + 1)
    by_model = drafted_by == DraftedBy.MODEL or draft.by_model
    differences(
        draft,
        {
            **fields._asdict(),
            **basis(current, item, on)._asdict(),
            "drafted_by": DraftedBy.MODEL if by_model else DraftedBy.PERSON,
            "author_id": identity(actor),
            "author": actor.label[:150],
            "hands": sorted({*draft.hands, identity(actor)}),
            **UNREVIEWED,
        },
    )
    ensure_valid(draft)
    draft.save()
    _note("written", actor, draft)
    return draft


@transaction.atomic
def review_interpretation(*, actor: Actor, interpretation: Interpretation) -> Interpretation:
    """Note that somebody other than the drafter read a draft and stands by it."""
    current = locked_interpretation(interpretation)
    review(actor, current)
    _note("reviewed", actor, current)
    return current


@transaction.atomic
def publish_interpretation(
    *, actor: Actor, interpretation: Interpretation, on: dt.date
) -> Interpretation:
    """Publish a draft; the version published before is replaced."""
    current = locked_interpretation(interpretation)
    ensure_publishable(current)
    before = Interpretation.objects.filter(
        document=current.document, item=current.item, status=TextStatus.PUBLISHED
    )
    before.update(status=TextStatus.REPLACED)
    current.status, current.published_on = TextStatus.PUBLISHED, on
    current.save()
    _note("published", actor, current)
    return current


@transaction.atomic
def withdraw_interpretation(
    *, actor: Actor, interpretation: Interpretation, reason: str
) -> Interpretation:
    """Take a published version back, or put a draft aside."""
    current = locked_interpretation(interpretation)
    if current.status not in (TextStatus.DRAFT, TextStatus.PUBLISHED):
        raise Refused(Text("该版本已不再使用", "this version is no longer in use"))
    why = ensure_reason(reason)
    current.status = TextStatus.WITHDRAWN
    current.save()
    _note("withdrawn", actor, current, why)
    return current


def locked_interpretation(interpretation: Interpretation) -> Interpretation:
    """Lock a version and read it anew."""
    rows = Interpretation.objects.select_for_update(of=("self",))
    return rows.select_related("document", "item").get(pk=interpretation.pk)


def _note(what: str, actor: Actor, current: Interpretation, reason: str = "") -> None:
    about = f"v{current.number}" + (f": {reason}" if reason else "")
    note(
        f"policies.interpretation.{what}",
        actor=actor,
        document=current.document,
        item=current.item,
        about=about,
        payload={"interpretation": current.pk, "drafted_by": str(current.drafted_by)},
    )
