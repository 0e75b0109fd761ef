"""Where an incentive stands with its reviews, and why it cannot enter an agreement."""

from openzone.engines.text import Text
from openzone.zone.agreements.enums import CLEARING
from openzone.zone.agreements.models import FairReview, Incentive

NOT_REVIEWED = Text(
    "“{what}”没有公平竞争审查记录，不能写入协议",
    "“{what}” has no fair-competition review on record: it cannot enter an agreement",
)
REFUSED = Text(
    "“{what}”最近一次公平竞争审查（{on}）结论为不予通过，不能写入协议",
    "the last fair-competition review of “{what}” ({on}) does not allow it: it cannot enter an"
    " agreement",
)


def last_review(incentive: Incentive) -> FairReview | None:
    """Return the review that holds: the last one."""
    return incentive.reviews.order_by("-seq").first()


def clears(review: FairReview | None) -> bool:
    """Whether an incentive can enter an agreement by this review."""
    return review is not None and review.conclusion in CLEARING


def why_not(incentive: Incentive) -> Text | None:
    """Return why an incentive cannot enter an agreement today; None when it can."""
    review = last_review(incentive)
    if review is None:
        return NOT_REVIEWED.format(what=incentive.text)
    if not clears(review):
        return REFUSED.format(what=incentive.text, on=review.on)
    return None
