"""Writing an event of a case and everything that follows from it, under the lock of its row."""

import datetime as dt
from collections.abc import Sequence

from openzone.engines.cases.events import Event
from openzone.engines.cases.fields import FieldProblem
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.folding import row_of
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.projection import Units, project, project_rows
from openzone.zone.cases.services import notices, refusals
from openzone.zone.cases.services.attaching import Paper, attach
from openzone.zone.errors import Refused
from openzone.zone.people.models import User


def locked(case: Case) -> Case:
    """Return a case as it is now, kept from other hands until the commit."""
    rows = Case.objects.select_for_update(of=("self",))
    joined = rows.select_related("version", "lead", "holder_unit", "enterprise", "merged_into")
    return joined.defer("version__definition").get(pk=case.pk)


def write(
    case: Case,
    before: State | None,
    after: State,
    event: Event,
    *,
    actor: Actor,
    user: User | None,
    papers: Sequence[Paper] = (),
    now: dt.datetime,
) -> Case:
    """Write an event and everything that follows from it."""
    type_ = type_of(case.version)
    units = Units(case.lead, case.holder_unit, case.about_unit if before is None else None)
    project(case, after, type_, units)
    case.save(force_insert=case.pk is None)
    row_of(case, event).save(force_insert=True)
    project_rows(case, before, after, units)
    if papers:
        attach(case, event.seq, papers, user=user, at=now)
    refusals.enter(case, type_, event, user=user, now=now)
    notices.tell(case, type_, before, after, event, now)
    payload: dict[str, JSON] = {
        "number": case.number,
        "seq": event.seq,
        "to": after.stage,
        "holder": case.holder,
    }
    record(f"cases.{event.action}", actor=actor, subject=case.subject, payload=payload)
    return case


def described(papers: Sequence[Paper]) -> list[dict[str, str]]:
    """Return papers as events name them."""
    return [
        {"field": upload.field, "name": found.name, "sha256": found.sha256}
        for upload, found in papers
    ]


def field_refusal(problem: FieldProblem) -> Refused:
    """Return the refusal that names a field and says what is wrong with it."""
    label, reason = problem.label, problem.reason
    text = Text(f"{label.zh}：{reason.zh}", f"{label.en}: {reason.en}")
    return Refused(text, field=problem.field)
