"""A workbook of parcels: what its columns are called, and how a row of it is entered."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel, ParcelSheet
from openzone.zone.land.packs import pack
from openzone.zone.land.services.parcels import change_parcel, create_parcel
from openzone.zone.land.services.states import ORDER, sale_step
from openzone.zone.land.writing import STATES, locked
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Place
from openzone.zone.rowwise import Values

CONDITION: Final = "condition_"
TWICE: Final = Text("与第 {row} 行是同一地块", "this is the same parcel as in row {row}")
NO_UNIT: Final = Text("没有单位“{given}”", "there is no unit “{given}”")
NO_PLACE: Final = Text("没有地点“{given}”", "there is no place “{given}”")
NO_DAY: Final = Text("写明了状态，请补填状态日期", "the state needs its day")
NO_STATE: Final = Text("写明了状态日期，请补填状态", "the day needs its state")
BACKWARDS: Final = Text(
    "档案中该地块已是“{now}”，更正请在地块页面办理",
    "on record it is “{now}”; correct that on the page of the parcel",
)
OTHER_DAY: Final = Text(
    "档案中该状态日期为 {day}，更正请在地块页面办理",
    "on record it came to this state on {day}; correct that on the page of the parcel",
)


def vocabulary() -> Vocabulary:
    """Return the columns a workbook of parcels may have."""
    rules = pack()
    return Vocabulary((
        _text("number", "地块编号", "Parcel number", "宗地编号", "地块号", "宗地号", required=True),
        _text("name", "地块名称", "Name", "名称", "地块位置", "位置", "坐落"),
        Field("area_m2", "area", None, "面积", "Area", ("土地面积", "用地面积", "地块面积",
              "出让面积"), required=True),
        Field("use", "text", None, "土地用途", "Land use", ("用途", "规划用途"),
              _named((one.id, one.label.text) for one in rules.uses), required=True),
        Field("tenure", "text", None, "供地方式", "Tenure", ("出让方式", "供应方式"),
              _named((one.id, one.label.text) for one in rules.tenures)),
        Field("tenure_years", "number", "年", "出让年限", "Term (years)", ("年期", "年限",
              "使用年限", "弹性年期")),
        _text("place", "所在园区", "Place", "园区", "所属园区"),
        _text("unit", "责任单位", "Responsible unit", "牵头单位"),
        Field("state", "text", None, "状态", "State", ("地块状态", "当前状态"), tuple(
            Choice(state.value, (label.zh, label.en, *_ALSO.get(state, ())))
            for state, label in STATES.items())),
        Field("since", "date", None, "状态日期", "State since", ("状态时间",)),
        _text("conditions_text", "其他条件", "Other conditions", "规划条件", "备注"),
        *(Field(CONDITION + one.id, "number", None, one.label.zh, one.label.en, ())
          for one in rules.conditions),
    ))  # fmt: skip


_ALSO: Final = {
    ParcelState.CLEARED: ("已净地", "已收储"),
    ParcelState.LISTED: ("挂牌中", "公告中"),
    ParcelState.SOLD: ("已摘牌", "已出让", "成交"),
    ParcelState.DELIVERED: ("已交付", "已交地"),
    ParcelState.BUILT: ("已竣工", "已建成"),
    ParcelState.PRODUCING: ("已投产", "达产"),
}


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


def _named(entries: Iterable[tuple[str, Text]]) -> tuple[Choice, ...]:
    return tuple(Choice(name, (label.zh, label.en)) for name, label in entries)


class Entering:
    """Enters rows one after the other, and knows which parcel each one meant."""

    def __init__(self, actor: Actor, sheet: ParcelSheet, now: dt.datetime) -> None:
        """Begin a file."""
        self.actor, self.sheet, self.now = actor, sheet, now
        self.created = self.changed = 0
        self._rows: dict[int, int] = {}

    def enter(self, row: Values) -> Parcel:
        """Enter one row as it was stored; an empty cell says nothing."""
        found = Parcel.objects.filter(number=row["number"].strip()).first()
        if found is not None and found.pk in self._rows:
            raise Refused(TWICE.format(row=self._rows[found.pk]), field="number")
        described = _described(row, found)
        if found is None:
            made = create_parcel(
                actor=self.actor, number=row["number"], now=self.now,
                synthetic=self.sheet.synthetic, **described,
            )  # fmt: skip
        else:
            made = change_parcel(actor=self.actor, parcel=found, **described)
        self._state(made, row)
        self._rows[made.pk] = row["row"]
        self.created += found is None
        self.changed += found is not None
        return made

    def _state(self, parcel: Parcel, row: Values) -> None:
        if not row.get("state"):
            if row.get("since"):
                raise Refused(NO_STATE, field="state")
            return
        state = ParcelState(row["state"])
        if not row.get("since"):
            if state == parcel.state:
                return
            raise Refused(NO_DAY, field="since")
        day = dt.date.fromisoformat(row["since"])
        if state == parcel.state and parcel.since in (day, None):
            return
        if state == parcel.state:
            raise Refused(OTHER_DAY.format(day=parcel.since), field="since")
        if ORDER.index(state) < ORDER.index(ParcelState(parcel.state)):
            now = STATES[ParcelState(parcel.state)]
            raise Refused(
                Text(BACKWARDS.zh.format(now=now.zh), BACKWARDS.en.format(now=now.en)),
                field="state",
            )
        self._enter_state(parcel, state, day)

    def _enter_state(self, parcel: Parcel, state: ParcelState, day: dt.date) -> None:
        fresh, today = locked(parcel), to_local(self.now).date()
        try:
            sale_step(
                actor=self.actor, parcel=fresh, state=state, on=day, today=today, now=self.now,
                user=self.sheet.uploaded_by, reason=self.sheet.file_name[:500],
            )  # fmt: skip
        except Refused as refusal:
            raise Refused(refusal.reason, field="since") from None


def _described(row: Values, found: Parcel | None) -> dict[str, Any]:
    conditions = {
        name.removeprefix(CONDITION): Decimal(value)
        for name, value in row.items()
        if name.startswith(CONDITION) and value is not None
    }
    given: dict[str, Any] = {
        "name": row.get("name") or (row["number"] if found is None else None),
        "area_m2": Decimal(row["area_m2"]).quantize(Decimal("0.0001")),
        "use": row["use"],
        "tenure": row.get("tenure"),
        "tenure_years": int(Decimal(row["tenure_years"])) if row.get("tenure_years") else None,
        "place": _place(row.get("place") or ""),
        "unit": _unit(row.get("unit") or ""),
        "conditions_text": row.get("conditions_text"),
        "conditions": {**(found.conditions if found else {}), **conditions} or None,
    }
    return {name: value for name, value in given.items() if value not in (None, "")}


def _unit(text: str) -> Unit | None:
    found = (Unit.objects.filter(name=text) or Unit.objects.filter(code=text)).first()
    if text and found is None:
        raise Refused(NO_UNIT.format(given=text), field="unit")
    return found


def _place(text: str) -> Place | None:
    found = (Place.objects.filter(name=text) or Place.objects.filter(code=text)).first()
    if text and found is None:
        raise Refused(NO_PLACE.format(given=text), field="place")
    return found
