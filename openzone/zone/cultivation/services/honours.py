"""Honours, milestones, shares: entered with a source, withdrawn with a reason."""

import datetime as dt
from typing import Final

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cultivation.models import Honour
from openzone.zone.cultivation.packs import honour_named
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.registry.models import Enterprise

NO_KIND: Final = Text("没有“{name}”这一类别", "there is no kind “{name}”")
SCOPE: Final = Text("请写明排名范围", "say among whom it ranks")
RANK: Final = Text("排名从第1起", "a rank begins with 1")
PART: Final = Text("请填写部分数", "give the part")
MORE: Final = Text("部分数大于总数", "the part is above the whole")
NO_SHARE: Final = Text("该类别不填占比", "this kind has no share")
TWICE: Final = Text("已登记过相同的一条", "the same is on record already")
GONE: Final = Text("已撤下", "it is withdrawn already")
WHY: Final = Text("请说明理由", "give a reason")
LATER: Final = Text("日期在未来", "the day is in the future")


@transaction.atomic
def enter_honour(
    *, actor: Actor, kind: str, holder: str, on: dt.date, source: str, today: dt.date,
    enterprise: Enterprise | None = None, level: str = "", place: int | None = None,
    scope: str = "", part: int | None = None, whole: int | None = None,
) -> Honour:  # fmt: skip
    """Enter a row with its date and source.

    Raises:
        Refused: a rank without its scope, a part above its whole, a day to come, one twice.

    """
    made = Honour(
        kind=kind, holder=holder.strip(), enterprise=enterprise.root if enterprise else None,
        level=level.strip(), on=on, place=place, scope=scope.strip(), part=part, whole=whole,
        source=source.strip(), entered_by=actor.label[:150],
    )  # fmt: skip
    _ensure_sense(made, today)
    same = Honour.objects.filter(kind=kind, holder=made.holder, level=made.level, on=on)
    if same.filter(withdrawn_on__isnull=True).exists():
        raise Refused(TWICE, field="holder")
    ensure_valid(made)
    made.save()
    record("cultivation.honour.entered", actor=actor, subject=f"honour:{made.pk}",
           payload={"kind": kind, "on": on})  # fmt: skip
    return made


@transaction.atomic
def withdraw_honour(*, actor: Actor, honour: Honour, on: dt.date, reason: str) -> Honour:
    """Take a row out of the register; it stays on record with the reason."""
    current = Honour.objects.select_for_update(of=("self",)).get(pk=honour.pk)
    if current.withdrawn_on is not None:
        raise Refused(GONE)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    current.withdrawn_on, current.withdrawn_because = on, reason.strip()
    current.save(update_fields=["withdrawn_on", "withdrawn_because"])
    record("cultivation.honour.withdrawn", actor=actor, subject=f"honour:{current.pk}",
           payload={"why": current.withdrawn_because})  # fmt: skip
    return current


def _ensure_sense(made: Honour, today: dt.date) -> None:
    kind = honour_named(made.kind)
    if kind is None:
        raise Refused(NO_KIND.format(name=made.kind), field="kind")
    if made.on > today:
        raise Refused(LATER, field="on")
    if made.place is not None and made.place < 1:
        raise Refused(RANK, field="place")
    if made.place is not None and not made.scope:
        raise Refused(SCOPE, field="scope")
    if kind.of == "share" and made.part is None:
        raise Refused(PART, field="part")
    if kind.of != "share" and (made.part is not None or made.whole is not None):
        raise Refused(NO_SHARE, field="part")
    if made.whole is not None and (made.part or 0) > made.whole:
        raise Refused(MORE, field="part")
