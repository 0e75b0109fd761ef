"""Whether an applicant may promise, and the records that say no."""

from collections.abc import Sequence
from typing import NamedTuple

from openzone.engines.text import Text
from openzone.zone.commitments.models import CreditRecord
from openzone.zone.registry.models import Enterprise


class Standing(NamedTuple):
    """The answer, its reason, and the unrepaired records behind a no."""

    allowed: bool
    reason: Text
    records: Sequence[CreditRecord]


def standing(enterprise: Enterprise | None, identity: str) -> Standing:
    """Say whether an applicant may promise: nobody with an unrepaired record may.

    Records of enterprises that were merged count as the enterprise's own.
    """
    open_ = CreditRecord.objects.filter(repaired_on__isnull=True)
    if enterprise is not None:
        found = list(open_.filter(enterprise__root=enterprise.root_id))
    elif identity.strip():
        found = list(open_.filter(enterprise__isnull=True, identity=identity.strip().upper()))
    else:
        found = []
    if not found:
        return Standing(True, Text("无未修复的失信记录", "no unrepaired record"), ())
    zh = "；".join(f"{one.happened_on} {one.document}" for one in found)
    return Standing(
        False,
        Text(
            f"有未修复的失信或违诺记录，修复前不适用承诺：{zh}",
            f"with unrepaired records no commitment is accepted until they are repaired: {zh}",
        ),
        found,
    )
