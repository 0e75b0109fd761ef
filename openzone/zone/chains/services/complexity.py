"""Tables of what places make: read in as a whole or not at all, and taken back."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.chains.complexity import InvalidFlows
from openzone.engines.chains.tables import FLOWS, flows_of
from openzone.engines.tables.problems import Problem, TableProblems
from openzone.engines.text import Text
from openzone.zone import rowwise
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.chains.models import ComplexityFlow, ComplexityStudy
from openzone.zone.chains.selectors.complexity import read_study
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

MOST: Final = 50_000
"""Flows a page computes with while somebody waits."""
TO_COME: Final = Text("{day} 还没有到", "{day} has not come yet")
TOO_MANY: Final = Text(
    "文件有{count}行，页面最多{most}行；更大的表请用命令 openzone chains complexity",
    "the file has {count} rows, a page takes {most}; use openzone chains complexity for more",
)
TOO_LONG: Final = Text("名称“{name}…”超过{most}字", "the name “{name}…” is over {most} characters")
FAULT: Final = Text("第{row}行：{reason}", "row {row}: {reason}")
GONE: Final = Text("该表已撤回", "this table was taken back already")
SHOWN: Final = 10
MORE: Final = Text("另有{n}处有误", "{n} more faults")
LONGEST: Final = 100


@transaction.atomic
def import_study(
    *, actor: Actor, user: User, title: str, source: str, as_of: dt.date, unit: str,
    file_name: str, data: bytes, now: dt.datetime, least_place: Decimal = Decimal(0),
    least_product: Decimal = Decimal(0), synthetic: bool = False,
) -> ComplexityStudy:  # fmt: skip
    """Keep what a source counted; every row, or none.

    Raises:
        Refused: the file cannot be read, rows are wrong, or nothing can be computed from them.

    """
    if as_of > timezone.localdate(now):
        raise Refused(TO_COME.format(day=as_of), field="as_of")
    flows = _flows(file_name, data, as_of)
    made = ComplexityStudy(
        title=title.strip(), source=source.strip(), as_of=as_of, unit=unit.strip(),
        least_place=least_place, least_product=least_product, synthetic=synthetic,
        file_name=PurePath(file_name).name[-255:], recorded_by=user, recorded_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    ComplexityFlow.objects.bulk_create(
        [ComplexityFlow(study=made, place=place, product=product, value=value)
         for (place, product), value in flows.items()],
        batch_size=500,
    )  # fmt: skip
    _ensure_computable(made)
    record(
        "chains.complexity.imported", actor=actor, subject=f"complexity_study:{made.pk}",
        payload={"title": made.title, "source": made.source, "rows": len(flows)},
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw_study(*, actor: Actor, study: ComplexityStudy, now: dt.datetime) -> ComplexityStudy:
    """Take a table back: it is shown no longer, and stays on record."""
    fresh = ComplexityStudy.objects.select_for_update().get(pk=study.pk)
    if fresh.withdrawn_at is not None:
        raise Refused(GONE)
    fresh.withdrawn_at = now
    fresh.save(update_fields=["withdrawn_at"])
    record("chains.complexity.withdrawn", actor=actor, subject=f"complexity_study:{fresh.pk}")
    return fresh


def _ensure_computable(study: ComplexityStudy) -> None:
    try:
        read_study(study)
    except InvalidFlows as error:
        raise Refused(error.reason, field="file") from None


def _flows(file_name: str, data: bytes, as_of: dt.date) -> Mapping[tuple[str, str], float]:
    reading = rowwise.read(file_name, data, FLOWS, as_of)
    if len(reading.rows) > MOST:
        reason = TOO_MANY.format(count=f"{len(reading.rows):,}", most=f"{MOST:,}")
        raise Refused(reason, field="file")
    try:
        found = flows_of(reading.rows, reading.problems)
    except TableProblems as error:
        raise Refused(_told([_fault(one) for one in error.problems]), field="file") from None
    for name in (name for pair in found for name in pair if len(name) > LONGEST):
        raise Refused(TOO_LONG.format(name=name[:20], most=LONGEST), field="file")
    return found


def _fault(one: Problem) -> Text:
    if one.header or one.row is None:
        return one.sentence
    reason, row = one.reason, one.row
    return Text(
        FAULT.zh.format(row=row, reason=reason.zh), FAULT.en.format(row=row, reason=reason.en)
    )


def _told(faults: list[Text]) -> Text:
    shown = faults[:SHOWN]
    if len(faults) > SHOWN:
        shown = [*shown, MORE.format(n=len(faults) - SHOWN)]
    return Text("；".join(one.zh for one in shown), "; ".join(one.en for one in shown))
