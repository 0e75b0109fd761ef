"""Papers of a meeting, kept as they were made."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.indicators.models import Entity, MeetingPack
from openzone.zone.people.models import User

NOTHING = Text(
    "所选期间没有任何数据，请换期间或指标",
    "there is no figure of this period: choose another one, or other indicators",
)


@transaction.atomic
def keep_meeting_pack(
    *, actor: Actor, user: User | None, title: str, entity: Entity, period: str,
    indicators: Sequence[str], as_of: dt.date, known_at: dt.date | None, version: str,
    content: Mapping[str, Any], now: dt.datetime, synthetic: bool,
) -> MeetingPack:  # fmt: skip
    """Keep a pack with everything it says; nothing of it changes afterwards."""
    if not content.get("numbers"):
        raise Refused(NOTHING, field="period")
    made = MeetingPack(
        title=title.strip(), entity=entity, period=period, indicators=list(indicators),
        as_of=as_of, known_at=known_at, version=version, content=dict(content),
        sha256=digest(content), synthetic=synthetic, made_by=user, made_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    record(
        "indicators.meeting_pack.made", actor=actor, subject=f"meeting_pack:{made.pk}",
        payload={"period": period, "numbers": len(content["numbers"]), "sha256": made.sha256},
    )  # fmt: skip
    return made


def digest(content: Mapping[str, Any]) -> str:
    """Return the hash of what a pack says, written with sorted keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
