"""Golden cases of a draft: set, corrected, taken away where they never were released."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.values import InvalidValueError, canonical
from openzone.zone.rulebook.models import GoldenCase, RuleDraft
from openzone.zone.rulebook.services.drafts import ensure_open, label, locked

KEPT_FOR_LIFE = Text(
    "已随规则发布的用例终身保留，不能删除；结果变了请修改预期并说明",
    "a released case stays with the rule for life: change what it expects and say why",
)
NAME_TAKEN = Text("已有同名用例：{name}", "there is a case named {name} already")
NO_FACT = Text("没有事实 {name}", "there is no fact {name}")
OUTCOMES = ("met", "not_met", "unknown")
WRONG_OUTCOME = Text("预期结果须为符合、不符合或尚不能判定", "expect met, not met or unknown")


@transaction.atomic
def set_case(
    *,
    actor: Actor,
    by: User,
    draft: RuleDraft,
    case: GoldenCase | None,
    name: str,
    on: dt.date,
    facts: Mapping[str, object],
    outcome: str,
    value: str = "",
    amount: Decimal | None = None,
    note: str = "",
) -> GoldenCase:
    """Add a case to a draft, or change one (``case``)."""
    current = locked(draft)
    ensure_open(current)
    name = name.strip()
    if current.cases.filter(name=name).exclude(pk=case.pk if case else 0).exists():
        raise Refused(NAME_TAKEN.format(name=name), field="name")
    if outcome not in OUTCOMES:
        raise Refused(WRONG_OUTCOME, field="outcome")
    kept = case or GoldenCase(draft=current)
    kept.name, kept.on, kept.note = name, on, note.strip()
    kept.facts = {fact: _canonical(fact, given) for fact, given in facts.items()}
    kept.outcome, kept.value, kept.amount = outcome, value.strip(), amount
    ensure_valid(kept)
    kept.save()
    current.editors.add(by)
    payload: dict[str, JSON] = {"case": name, "outcome": outcome, "facts": kept.facts}
    record("rulebook.case.set", actor=actor, subject=label(current), payload=payload)
    return kept


@transaction.atomic
def remove_case(*, actor: Actor, by: User, draft: RuleDraft, case: GoldenCase) -> None:
    """Take away a case that was never released."""
    current = locked(draft)
    ensure_open(current)
    if case.kept:
        raise Refused(KEPT_FOR_LIFE)
    name = case.name
    current.cases.filter(pk=case.pk).delete()
    current.editors.add(by)
    record("rulebook.case.removed", actor=actor, subject=label(current), payload={"case": name})


def _canonical(name: str, given: object) -> str:
    if name not in catalogue():
        raise Refused(NO_FACT.format(name=name), field="facts")
    try:
        return canonical(catalogue()[name].series, given)
    except InvalidValueError as error:
        said = catalogue()[name].label
        reason = Text(f"{said.zh}：{error.reason.zh}", f"{said.en}: {error.reason.en}")
        raise Refused(reason, field="facts") from None
