"""What investor and zone promised each other, as agendas read it."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import Q, QuerySet

from openzone.engines.projects.clauses import ClauseState, Side
from openzone.engines.text import Text
from openzone.zone.agreements.selectors import promises as agreements
from openzone.zone.projects.models import Project
from openzone.zone.reviews.selectors.promises import Promise

_SIDES: Final = {
    Side.INVESTOR: Text("投资方承诺", "promise of the investor"),
    Side.ZONE: Text("园区承诺", "promise of the zone"),
}
_STATES: Final = {
    ClauseState.NOT_DUE: Text("未到期", "not due yet"),
    ClauseState.DUE_SOON: Text("即将到期", "due soon"),
    ClauseState.BEHIND: Text("进度落后", "behind its time"),
    ClauseState.PARTLY: Text("到期只兑现一部分", "kept in part by its day"),
    ClauseState.MISSED: Text("到期未兑现", "not kept by its day"),
    ClauseState.UNKNOWN: Text("到期无人报告", "its day has passed and nobody reported"),
}
_BROKEN: Final = frozenset({ClauseState.PARTLY, ClauseState.MISSED})


def due(projects: QuerySet[Project], on: dt.date, last: dt.date) -> Iterator[Promise]:
    """Yield the promises of signed agreements that a meeting has to know of.

    Those that fall due up to the last day, those behind their time already, and what was not kept.
    Others are not read: a zone has many promises for years to come.
    """
    begun = Q(begins__lte=on, quantity__isnull=False)
    clauses = agreements.in_force().filter(Q(due__lte=last) | begun)
    for one in agreements.promises(clauses.filter(agreement__project__in=projects), on):
        open_by_then = one.state is not ClauseState.MET and one.clause.due <= last
        if open_by_then or one.state is ClauseState.BEHIND:
            yield _promise(one)


def _promise(one: agreements.Promise) -> Promise:
    clause, project = one.clause, one.clause.agreement.project_id
    ref = str(agreements.line_of(clause))
    return Promise(project, ref, clause.text, clause.due, _said(one), missed=one.state in _BROKEN)


def _said(one: agreements.Promise) -> Text:
    clause = one.clause
    side, state, number = _SIDES[Side(clause.side)], _STATES[one.state], clause.agreement.number
    return Text(
        f"{side.zh} · {number} · {clause.due} 到期 · {state.zh}",
        f"{side.en} · {number} · due {clause.due} · {state.en}",
    )
