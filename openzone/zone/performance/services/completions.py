"""What was reached for a target nobody can count: reported with evidence, confirmed by another."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from openzone.engines.projects.money import jump
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.performance.models import Answer, Completion, Target
from openzone.zone.performance.packs import pack
from openzone.zone.performance.permissions import SAME_PERSON
from openzone.zone.performance.services.writing import keep, note, standing_target

COMPUTED = Text(
    "该指标由项目台账计算，不需填报", "this indicator is counted in the ledger and not reported"
)
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
OUTSIDE = Text(
    "日期应在 {first} 年至 {last} 年之间", "the day must be in the years {first} to {last}"
)
ANSWERED = Text("已由{who}答复：{what}", "answered already by {who}: {what}")
WHY = Text("退回的，请写明原因", "say why it is returned")


@transaction.atomic
def report_completion(
    *, actor: Actor, user: User, target: Target, on: dt.date, value: Decimal, text: str,
    file_name: str, data: bytes, now: dt.datetime, today: dt.date, sure: bool = False,
) -> Completion:  # fmt: skip
    """Report what was reached from a target's first day up to a day; it counts once confirmed.

    A value that looks like a slipped unit against the one before is refused unless ``sure``.
    """
    stands = standing_target(target)
    indicator = pack().indicator(stands.indicator)
    if indicator is not None and indicator.measure is not None:
        raise Refused(COMPUTED)
    _ensure_day(stands, on, today)
    _ensure_unit(stands, value, sure=sure)
    made = Completion(
        target=stands.root, on=on, value=value, text=text.strip(), reported_by=user,
        reported_at=now,
    )  # fmt: skip
    keep(made, file_name, data)
    ensure_valid(made)
    made.save(force_insert=True)
    note(
        action="completion_reported",
        actor=actor,
        subject=f"target:{made.target_id}",
        payload={"on": on.isoformat(), "value": str(value), "sha256": made.sha256},
    )
    return made


def _ensure_day(target: Target, on: dt.date, today: dt.date) -> None:
    if on > today:
        raise Refused(TO_COME.format(day=on), field="on")
    if not target.first_year <= on.year <= target.last_year:
        raise Refused(OUTSIDE.format(first=target.first_year, last=target.last_year), field="on")


def _ensure_unit(target: Target, value: Decimal, *, sure: bool) -> None:
    before = Completion.objects.filter(target=target.root, answer__confirmed=True).last()
    found = jump(before.value, value) if before is not None and not sure else None
    if found is not None:
        raise Refused(found, field="value")


@transaction.atomic
def answer_completion(
    *, actor: Actor, user: User, completion: Completion, confirmed: bool, now: dt.datetime,
    remark: str = "",
) -> Answer:  # fmt: skip
    """Confirm a report, or return it with the reason: once, by somebody else."""
    Target.objects.select_for_update().get(pk=completion.target_id)
    _ensure_open(completion)
    if user.pk == completion.reported_by_id:
        raise Refused(SAME_PERSON)
    if not confirmed and not remark.strip():
        raise Refused(WHY, field="remark")
    made = Answer(
        completion=completion, confirmed=confirmed, remark=remark.strip(),
        reported_by=completion.reported_by, answered_by=user, answered_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note(
        action="completion_answered",
        actor=actor,
        subject=f"target:{completion.target_id}",
        payload={"completion": completion.pk, "confirmed": confirmed, "remark": made.remark},
    )
    return made


def _ensure_open(completion: Completion) -> None:
    """Refuse the second answer, and say who gave the first."""
    given = Answer.objects.select_related("answered_by").filter(completion=completion).first()
    if given is not None:
        who = given.answered_by.display_name or given.answered_by.username
        said = Text("已确认", "confirmed") if given.confirmed else Text("已退回", "returned")
        raise Refused(
            Text(
                ANSWERED.zh.format(who=who, what=said.zh), ANSWERED.en.format(who=who, what=said.en)
            )
        )
