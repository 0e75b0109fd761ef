"""A text that a model drafted is read by somebody else before anybody else reads it."""

from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.policies.enums import TextStatus
from openzone.zone.policies.models import Reviewed

UNREVIEWED = {"reviewer_id": "", "reviewer": "", "reviewed_at": None}


def identity(actor: Actor) -> str:
    """Return what tells two actors apart: ``user:12``."""
    return f"{actor.kind}:{actor.id}"[:64]


def review(actor: Actor, text: Reviewed) -> None:
    """Mark a draft as reviewed; refuse who wrote it, and who is no person."""
    if text.status != TextStatus.DRAFT:
        raise Refused(Text("只有草稿可以审核", "only a draft can be reviewed"))
    if actor.kind != "user":
        raise Refused(Text("审核须由人员完成", "a review is made by a person"))
    if identity(actor) in text.hands:
        raise Refused(
            Text("起草人不能审核自己的稿件", "nobody reviews what they drafted themselves")
        )
    text.reviewer_id, text.reviewer = identity(actor), actor.label[:150]
    text.reviewed_at = timezone.now()
    text.save()


def ensure_publishable(text: Reviewed) -> None:
    """Refuse what is no draft, and what a model drafted and nobody reviewed."""
    if text.status != TextStatus.DRAFT:
        raise Refused(Text("只有草稿可以发布", "only a draft can be published"))
    if text.needs_review:
        raise Refused(
            Text(
                "由模型起草的内容须经起草人以外的人审核后才能发布",
                "what a model drafted is published only after somebody else reviewed it",
            )
        )
