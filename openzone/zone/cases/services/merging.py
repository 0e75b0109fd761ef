"""Merging duplicates and undoing it. Every case keeps its number and its requester."""

import datetime as dt

from django.db import transaction

from openzone.engines.cases.model import Verb
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import LinkKind
from openzone.zone.cases.models import Case, Link
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.writing import locked
from openzone.zone.errors import Refused
from openzone.zone.people.models import User


@transaction.atomic
def merge(
    *,
    actor: Actor,
    case: Case,
    into: Case,
    reason: str,
    now: dt.datetime,
    user: User | None = None,
) -> Case:
    """Let a case go on in another one; return that one.

    The merged case keeps its number, its events and its requester, who is told of the answer of the
    other case and may rate it.
    """
    first, second = _both(case, into)
    if second.closed:
        raise Refused(Text("不能并入已办结的件", "a case cannot go into one that is closed"))
    said = {"into": into.number, "reason": reason}
    act(actor=actor, case=first, action=named(first, Verb.MERGE), now=now, user=user, data=said)
    master = act(
        actor=actor, case=second, action=named(second, Verb.TAKE_IN), now=now, user=user,
        data={"number": case.number, "reason": reason},
    )  # fmt: skip
    Link.objects.create(
        kind=LinkKind.MERGED, source=first, target=master, made_at=now, made_by=actor.label
    )
    record("cases.merged", actor=actor, subject=case.subject, payload={"into": into.number})
    return master


@transaction.atomic
def unmerge(
    *, actor: Actor, case: Case, reason: str, now: dt.datetime, user: User | None = None
) -> Case:
    """Let a merged case stand on its own again, where it stood; return it."""
    if case.merged_into is None:
        raise Refused(Text("该件没有合并", "this case was not merged"))
    first, second = _both(case, case.merged_into)
    said = {"reason": reason}
    again = act(
        actor=actor, case=first, action=named(first, Verb.UNMERGE), now=now, user=user, data=said
    )
    act(
        actor=actor, case=second, action=named(second, Verb.UNMERGE), now=now, user=user,
        data={**said, "number": case.number},
    )  # fmt: skip
    links = Link.objects.filter(kind=LinkKind.MERGED, source=first, undone_at=None)
    links.update(undone_at=now)
    record("cases.unmerged", actor=actor, subject=case.subject, payload={"from": second.number})
    return again


def named(case: Case, verb: Verb) -> str:
    """Return what a case's type calls a verb, or refuse where it has none."""
    actions = type_of(case.version).by_verb.get(verb, ())
    if not actions:
        raise Refused(Text("此类事项不能这样办理", "cases of this type know no such action"))
    return actions[0].id


def _both(one: Case, other: Case) -> tuple[Case, Case]:
    """Lock two cases, always in the same order, so that two mergers never wait in a circle."""
    rows = {case.pk: locked(case) for case in sorted((one, other), key=lambda case: case.pk)}
    return rows[one.pk], rows[other.pk]
