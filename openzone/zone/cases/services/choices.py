"""What people choose to be told, and what they have read."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import NoticeChoice
from openzone.zone.cases.selectors.choices import EMAIL, IN_APP, kinds_for
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

FIXED = Text("“{label}”不能关闭：{why}", "“{label}” cannot be switched off: {why}")


@transaction.atomic
def choose(
    *, actor: Actor, user: User, ways: Mapping[str, Collection[str]], on: dt.date
) -> list[NoticeChoice]:
    """Keep how somebody wants to hear of each kind that concerns them: ``in_app``, ``email``.

    A kind left out is not to come at all; one that cannot be silenced refuses that.
    """
    made = []
    for spec in kinds_for(user, on):
        wanted = set(ways.get(spec.id, ()))
        if missing := set(spec.always) - wanted:
            why = spec.why or spec.help
            label = Text(spec.label.zh, spec.label.en)
            raise Refused(
                Text(
                    FIXED.zh.format(label=label.zh, why=why.zh),
                    FIXED.en.format(label=label.en, why=why.en),
                ),
                field=f"{spec.id}-{sorted(missing)[0]}",
            )
        made.append(_keep(user, spec.id, wanted))
    payload = {row.kind: _said(row) for row in made}
    record("cases.notices.chosen", actor=actor, subject=f"user:{user.pk}", payload=payload)
    return made


def _keep(user: User, kind: str, wanted: set[str]) -> NoticeChoice:
    given = {"in_app": IN_APP in wanted, "email": EMAIL in wanted}
    row, _ = NoticeChoice.objects.update_or_create(user=user, kind=kind, defaults=given)
    return row


def _said(row: NoticeChoice) -> str:
    ways = (IN_APP if row.in_app else "", EMAIL if row.email else "")
    return " ".join(filter(None, ways))
