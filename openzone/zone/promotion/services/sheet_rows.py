"""One row of a workbook of leads, and how it is entered.

Books note the last talk and the next step; the talk is recorded as one the book noted, once.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.selectors.merges import alike
from openzone.zone.promotion.models import Investor, Lead, LeadSheet
from openzone.zone.promotion.packs import pack
from openzone.zone.promotion.selectors.advisers import advisers
from openzone.zone.promotion.selectors.alike import keys_of, leads_of
from openzone.zone.promotion.services.following import assign
from openzone.zone.promotion.services.interactions import record_interaction
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import change_lead, record_lead
from openzone.zone.registry.models import Place
from openzone.zone.rowwise import Values

TWICE: Final = Text("与第 {row} 行是同一线索", "this is the same lead as in row {row}")
NO_NUMBER: Final = Text("档案中没有编号为“{given}”的线索", "no lead has the number “{given}”")
SEVERAL: Final = Text(
    "档案中有 {n} 家同名投资方，请填写统一社会信用代码",
    "{n} investors on record have this name: give the credit code",
)
SAME_TITLE: Final = Text(
    "该投资方有 {n} 条同名线索，请填写线索编号",
    "{n} leads of this investor have this name: give the number",
)
NO_UNIT: Final = Text("没有单位“{given}”", "there is no unit “{given}”")
NO_PLACE: Final = Text("没有地点“{given}”", "there is no place “{given}”")
NO_ADVISER: Final = Text(
    "招商顾问名册中没有“{given}”", "there is no “{given}” on the roster of advisers"
)
TWO_ADVISERS: Final = Text(
    "招商顾问名册中有多位“{given}”，请填写登录名",
    "there are several “{given}” on the roster: give the user name",
)
NOT_SAID: Final = Text("有联系日期，请补填进展情况", "there is a day of contact: say what was said")
_OF_LEAD: Final = (
    "title", "source", "source_note", "channel", "summary", "industry", "chain", "node", "gap",
)  # fmt: skip
_OF_INVESTOR: Final = ("uscc", "group", "region", "origin")


class Entering:
    """Enters rows one after the other, and knows which lead each one meant."""

    def __init__(self, actor: Actor, sheet: LeadSheet, now: dt.datetime, *, sure: bool) -> None:
        """Begin a file; ``sure``: investors alike are others, and second leads are meant."""
        self.actor, self.sheet, self.now, self.sure = actor, sheet, now, sure
        self.created = self.changed = 0
        self._rows: dict[int, int] = {}

    def enter(self, row: Values) -> Lead:
        """Enter one row as it was stored."""
        said = {**_said(row), **_places(row)}
        adviser = _adviser(row.get("adviser") or "", self.sheet.as_of)
        lead = self._found(row)
        if lead is None:
            lead, is_new = self._record(row, said, adviser), True
        else:
            is_new = False
            self._change(lead, row, said, adviser)
        self._talk(lead, row)
        self._rows[lead.pk] = row["row"]
        self.created += is_new
        self.changed += not is_new
        return lead

    def _found(self, row: Values) -> Lead | None:
        """Return the lead a row means: by its number, else by its investor and title."""
        if number := row.get("number"):
            lead = Lead.objects.filter(number=number).first()
            if lead is None:
                raise Refused(NO_NUMBER.format(given=number), field="number")
            return lead
        owner = _investor(row)
        if owner is None:
            return None
        title = alike(row["title"])
        found = [one for one in leads_of(owner) if alike(one.title) == title]
        if len(found) > 1:
            raise Refused(SAME_TITLE.format(n=len(found)), field="title")
        return found[0] if found else None

    def _record(self, row: Values, said: dict[str, Any], adviser: User | None) -> Lead:
        return record_lead(
            actor=self.actor, investor=_investor(row) or self._new_investor(row),
            received_on=_date(row.get("received_on")) or self.sheet.as_of, now=self.now,
            adviser=adviser, sure=self.sure, synthetic=self.sheet.synthetic,
            user=self.sheet.uploaded_by, **{"source": "other", **said},
        )  # fmt: skip

    def _new_investor(self, row: Values) -> Investor:
        given = {name: row[name] for name in _OF_INVESTOR if row.get(name)}
        try:
            return record_investor(
                actor=self.actor, name=row["investor"], now=self.now, sure=self.sure,
                synthetic=self.sheet.synthetic, user=self.sheet.uploaded_by, **given,
            )  # fmt: skip
        except Refused as refusal:
            field = "investor" if refusal.field == "name" else refusal.field
            raise Refused(refusal.reason, field=field) from None

    def _change(self, lead: Lead, row: Values, said: dict[str, Any], adviser: User | None) -> None:
        if lead.pk in self._rows:
            raise Refused(TWICE.format(row=self._rows[lead.pk]), field="title")
        fresh = change_lead(actor=self.actor, lead=lead, **said)
        if adviser is not None and fresh.adviser_id != adviser.pk:
            assign(
                actor=self.actor, lead=fresh, adviser=adviser, on=self.sheet.as_of, now=self.now,
                user=self.sheet.uploaded_by,
            )  # fmt: skip

    def _talk(self, lead: Lead, row: Values) -> None:
        """Record the talk a book notes, unless the record knows one as late."""
        on = _date(row.get("talked_on"))
        known = Lead.objects.values_list("last_contact", flat=True).get(pk=lead.pk)
        if on is None or (known is not None and known >= on):
            return
        if not row.get("said"):
            raise Refused(NOT_SAID, field="said")
        try:
            record_interaction(
                actor=self.actor, lead=lead, kind=pack().book_kind, on=on, summary=row["said"],
                now=self.now, next_step=row.get("next_step") or "",
                next_on=_date(row.get("next_on")) if row.get("next_step") else None,
                user=self.sheet.uploaded_by,
            )  # fmt: skip
        except Refused as refusal:
            field = "talked_on" if refusal.field == "on" else refusal.field
            raise Refused(refusal.reason, field=field) from None


def _investor(row: Values) -> Investor | None:
    """Return the investor a row means: by its code, else by its whole name."""
    keys = keys_of(row["investor"], row.get("group") or "", row.get("uscc"))
    every = Investor.objects.select_related("root").order_by("merged_into", "pk")
    if keys.code and (found := every.filter(uscc=keys.code).first()):
        return found.root or found
    named = every.filter(alike=keys.name)
    if keys.code:
        named = named.filter(Q(uscc=None) | Q(uscc=keys.code))
    few = {one.root or one for one in named[:9]}
    if len(few) > 1:
        raise Refused(SEVERAL.format(n=len(few)), field="investor")
    return next(iter(few), None)


def _said(row: Values) -> dict[str, Any]:
    """Return what a row says of its lead; an empty cell says nothing."""
    given = {name: row.get(name) for name in _OF_LEAD}
    given["wished"] = Decimal(row["wished"]) if row.get("wished") else None
    return {name: value for name, value in given.items() if value not in (None, "")}


def _places(row: Values) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if given := row.get("place"):
        place = (Place.objects.filter(name=given) or Place.objects.filter(code=given)).first()
        if place is None:
            raise Refused(NO_PLACE.format(given=given), field="place")
        found["place"] = place
    if given := row.get("unit"):
        unit = (Unit.objects.filter(name=given) or Unit.objects.filter(code=given)).first()
        if unit is None:
            raise Refused(NO_UNIT.format(given=given), field="unit")
        found["unit"] = unit
    return found


def _adviser(given: str, on: dt.date) -> User | None:
    if not given:
        return None
    found = list(advisers(on).filter(Q(display_name=given) | Q(username=given))[:2])
    if not found:
        raise Refused(NO_ADVISER.format(given=given), field="adviser")
    if len(found) > 1:
        raise Refused(TWO_ADVISERS.format(given=given), field="adviser")
    return found[0]


def _date(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
