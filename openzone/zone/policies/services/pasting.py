"""A pasted policy becomes a draft with suggested items, each to be confirmed by a person."""

from collections.abc import Sequence
from typing import Unpack

from django.db import transaction

from openzone.engines.reading.policy_text import Suggestion
from openzone.zone.audit.actors import Actor
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.policies.models import Document
from openzone.zone.policies.services.documents import DocumentGiven, Issuer, create_document
from openzone.zone.policies.services.items import create_item


@transaction.atomic
def create_from_text(
    *,
    actor: Actor,
    issuers: Sequence[Issuer],
    suggestions: Sequence[Suggestion],
    **given: Unpack[DocumentGiven],
) -> Document:
    """Enter a draft document and the suggestions a person chose, all of it or nothing.

    A suggestion without a way of delivery is one by expert review until somebody says otherwise:
    the way that promises least.
    """
    document = create_document(actor=actor, issuers=issuers, **given)
    for one in suggestions:
        create_item(
            actor=actor,
            document=document,
            suggested=True,
            title=one.title[:200],
            clause=one.ref[:64],
            kind=one.kind,
            mode=one.mode or DeliveryMode.EXPERT,
            excerpt=one.wording,
            window_from=one.window[0],
            window_to=one.window[1],
        )
    return document
