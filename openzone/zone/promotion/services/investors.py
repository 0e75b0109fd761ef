"""An investor comes into the record once, and is described anew."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypedDict, Unpack

from django.db import IntegrityError, transaction

from openzone.engines.identity.uscc import InvalidCreditCode, parse
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services import series
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.promotion.models import Investor
from openzone.zone.promotion.selectors.alike import (
    Found,
    alike_investors,
    keys_of,
    open_leads,
    who_has,
)
from openzone.zone.promotion.services.writing import derive, locked_investor, note
from openzone.zone.registry.models import Enterprise

TAKEN = Text(
    "统一社会信用代码 {code} 已登记为“{name}”：{who}",
    "the credit code {code} is on record as “{name}”: {who}",
)
ALIKE = Text(
    "档案中有相似的投资方：{names}；请选用，或确认是另一家",
    "there are investors alike on record: {names}; take one of them, or confirm it is another",
)
NO_LEADS = Text("暂无在跟线索", "no open lead")
NO_FIELD = Text("没有“{name}”这一项", "there is no field “{name}”")
_NAMED: Final = 5


class Described(TypedDict, total=False):
    """What may be said of an investor beside its name."""

    uscc: str | None
    group: str
    enterprise: Enterprise | None
    country: str
    region: str
    origin: str
    business: str


class Changed(Described, total=False):
    """What may be said anew."""

    name: str


DESCRIBED: Final = frozenset(Changed.__optional_keys__)


@transaction.atomic
def record_investor(
    *, actor: Actor, name: str, now: dt.datetime, sure: bool = False, synthetic: bool = False,
    user: User | None = None, **described: Unpack[Described],
) -> Investor:  # fmt: skip
    """Bring an investor into the record.

    ``sure``: it was compared with those alike and is another one.

    Raises:
        Refused: the same credit code is on record, with who has it; or others are alike and the
            person has not said that it is another.

    """
    # Whoever records at the same time waits here, and then sees this investor among those alike.
    series.take("investor")
    made = Investor(synthetic=synthetic, recorded_by=user, recorded_at=now)
    _describe(made, {"name": name, **described})
    _ensure_new(made, sure=sure)
    _save(made)
    note(action="investor.recorded", actor=actor, subject=made, payload={"name": made.name})
    return made


@transaction.atomic
def change_investor(*, actor: Actor, investor: Investor, **described: Unpack[Changed]) -> Investor:
    """Describe an investor anew; what was said before stays in the log."""
    fresh = locked_investor(investor)
    before = {name: str(getattr(fresh, name) or "") for name in described if name in DESCRIBED}
    _describe(fresh, described)
    _ensure_new(fresh, sure=True)
    _save(fresh)
    for lead in fresh.leads.select_related("investor"):
        derive(lead)
    changed = {
        name: [old, str(getattr(fresh, name) or "")]
        for name, old in before.items()
        if old != str(getattr(fresh, name) or "")
    }
    note(action="investor.changed", actor=actor, subject=fresh, payload={"changed": changed})
    return fresh


def taken(investor: Investor, code: str | None) -> Text:
    """Return that a code is on record, and who has it."""
    held = [who_has(lead) for lead in open_leads([investor])]
    zh = "；".join(dict.fromkeys(one.zh for one in held)) or NO_LEADS.zh
    en = "; ".join(dict.fromkeys(one.en for one in held)) or NO_LEADS.en
    told = {"code": code, "name": investor.name}
    return Text(TAKEN.zh.format(who=zh, **told), TAKEN.en.format(who=en, **told))


def _describe(investor: Investor, described: Mapping[str, Any]) -> None:
    for name, value in described.items():
        if name not in DESCRIBED:
            raise Refused(NO_FIELD.format(name=name), field=name)
        setattr(investor, name, value.strip() if isinstance(value, str) else value)
    investor.uscc = _code(investor)
    found = keys_of(investor.name, investor.group, investor.uscc)
    investor.alike, investor.core, investor.group_alike = found.name, found.core, found.group


def _code(investor: Investor) -> str | None:
    given = investor.uscc or (investor.enterprise.uscc if investor.enterprise else None)
    try:
        return parse(given).code if given else None
    except InvalidCreditCode as error:
        raise Refused(error.reason, field="uscc") from None


def _ensure_new(investor: Investor, *, sure: bool) -> None:
    found = alike_investors(keys_of(investor.name, investor.group, investor.uscc), but=investor)
    same = next((one for one in found if one.likeness.certain), None)
    if same is not None:
        raise Refused(taken(same.investor, investor.uscc), field="uscc")
    if found and not sure:
        raise Refused(_alike(found), field="name")


def _alike(found: list[Found]) -> Text:
    names = "、".join(one.investor.name for one in found[:_NAMED])
    return ALIKE.format(names=names)


def _save(investor: Investor) -> None:
    """Save; of two who record one code at once, the second reads who was first."""
    ensure_valid(investor)
    try:
        with transaction.atomic():
            investor.save()
    except IntegrityError:
        other = Investor.objects.filter(uscc=investor.uscc, merged_into=None).first()
        if other is None:
            raise
        raise Refused(taken(other, investor.uscc), field="uscc") from None
