"""Earlier payments from a spreadsheet: a dry run with every problem, then all of it or nothing."""

import datetime as dt
import hashlib

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.redemption.enums import GrantBatchState
from openzone.zone.redemption.models import EarlierGrant, GrantBatch
from openzone.zone.redemption.selectors.earlier import read_grants


@transaction.atomic
def check_earlier_grants(
    *, actor: Actor, user: User, file_name: str, data: bytes, at: dt.datetime
) -> GrantBatch:
    """Read a list and say what is wrong with it; nothing goes into the record yet."""
    rows, problems = read_grants(file_name, data)
    batch = GrantBatch.objects.create(
        file_name=file_name[:255],
        sha256=hashlib.sha256(data).hexdigest(),
        state=GrantBatchState.REFUSED if problems else GrantBatchState.CHECKED,
        rows=[row.as_json() for row in rows],
        problems=[problem.as_json() for problem in problems],
        uploaded_by=user,
        uploaded_at=at,
    )
    record(
        "redemption.history.checked", actor=actor, subject=f"grant_batch:{batch.pk}",
        payload={"sha256": batch.sha256, "rows": len(rows), "problems": len(problems)},
    )  # fmt: skip
    return batch


@transaction.atomic
def apply_earlier_grants(
    *, actor: Actor, user: User, batch: GrantBatch, at: dt.datetime
) -> GrantBatch:
    """Take a checked list into the record, whole. What is there already is not taken twice."""
    current = GrantBatch.objects.select_for_update().get(pk=batch.pk)
    if current.state != GrantBatchState.CHECKED:
        raise Refused(Text("该清单已入账或有错误", "the list was applied already, or has problems"))
    new = 0
    for row in current.rows:
        _, made = EarlierGrant.objects.get_or_create(
            enterprise_id=row["enterprise"],
            title=row["title"],
            granted_on=dt.date.fromisoformat(row["granted_on"]),
            amount=row["amount"],
            defaults={"batch": current, "rule_id": row["rule_id"], "row": row["row"]},
        )
        new += made
    current.state, current.applied_by, current.applied_at = GrantBatchState.APPLIED, user, at
    current.save()
    record(
        "redemption.history.applied", actor=actor, subject=f"grant_batch:{current.pk}",
        payload={"new": new, "known": len(current.rows) - new},
    )  # fmt: skip
    return current
