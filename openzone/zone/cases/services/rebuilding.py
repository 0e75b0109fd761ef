"""Making the columns and rows of cases anew from their events."""

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.folding import state_of
from openzone.zone.cases.models import Case, Meeting, Part, Task
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.projection import Units, project, project_rows
from openzone.zone.cases.writing import locked


@transaction.atomic
def rebuild(*, actor: Actor, case: Case) -> Case:
    """Make what lists read of a case anew; the events stay as they are."""
    current = locked(case)
    state, units = state_of(current), Units(current.lead, current.holder_unit)
    project(current, state, type_of(current.version), units)
    current.save()
    for rows in (Part, Meeting, Task):
        rows.objects.filter(case=current).delete()
    project_rows(current, None, state, units)
    record("cases.rebuilt", actor=actor, subject=current.subject, payload={"seq": state.last_seq})
    return current
