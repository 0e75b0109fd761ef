"""Events: what somebody did to a case, when, and what they said."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

from openzone.engines.cases.errors import EventError
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_aware, to_local

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

NAMELESS = {
    "user": Text("该工作人员", "this member of staff"),
    "requester": Text("诉求人", "the requester"),
    "system": Text("系统", "the system"),
}
KINDS = tuple(NAMELESS)
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Party:
    """Who acted: a member of staff, the requester or the system.

    ``unit``: the code of the unit a member of staff acts for. ``role``: the role of the action
    they acted in (``lead``, ``centre``, …), where it was kept.
    """

    kind: str
    id: str
    label: str = ""
    unit: str | None = None
    role: str = ""

    @property
    def named(self) -> Text:
        """How they are called, in words for their kind where no name was kept."""
        name = self.label.strip() or self.id.strip()
        return Text(name, name) if name else NAMELESS.get(self.kind, NAMELESS["user"])

    def to_json(self) -> dict[str, Json]:
        """Return it as plain data, without what is empty."""
        data: dict[str, Json] = {"kind": self.kind, "id": self.id, "label": self.label}
        if self.unit is not None:
            data["unit"] = self.unit
        if self.role:
            data["role"] = self.role
        return data


SYSTEM = Party("system", "system", "系统")


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a case's history. ``seq`` counts from 1; ``at`` is local wall-clock time."""

    seq: int
    at: dt.datetime
    action: str
    by: Party
    data: Mapping[str, Json] = field(default_factory=dict)

    def to_json(self, case: str) -> dict[str, Json]:
        """Return the exported form, with the case's number and the moment's time zone."""
        return {
            "case": case,
            "seq": self.seq,
            "at": to_aware(self.at).isoformat(),
            "action": self.action,
            "by": self.by.to_json(),
            "data": dict(self.data),
        }

    @classmethod
    def from_json(cls, data: object) -> "Event":
        """Read the exported form; a moment without a time zone is the zone's own.

        Raises:
            EventError: naming the field that is wrong.

        """
        if not isinstance(data, Mapping):
            _refuse("event", data, Text("应为对象", "should be an object"))
        seq = data.get("seq")
        if type(seq) is not int or seq < 1:
            _refuse("seq", seq, Text("应为正整数", "should be a whole number from 1"))
        said = data.get("data", {})
        if not isinstance(said, Mapping):
            _refuse("data", said, Text("应为对象", "should be an object"))
        return cls(seq, _moment(data.get("at")), _name(data, "action"), _party(data), said)


def read_moment(value: object) -> dt.datetime | None:
    """Return the local moment an ISO text names, ``None`` if it names none."""
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        return to_local(moment) if moment and moment.tzinfo else moment
    except ValueError:
        return None


def _moment(value: object) -> dt.datetime:
    moment = read_moment(value)
    if moment is None or (isinstance(value, str) and len(value) <= len("2026-09-30")):
        _refuse(
            "at",
            value,
            Text(
                "应为时刻，如 2026-11-20T09:30:00+08:00",
                "should be a moment such as 2026-11-20T09:30:00+08:00",
            ),
        )
    return moment


def _party(data: Mapping[str, Any]) -> Party:
    by = data.get("by")
    if not isinstance(by, Mapping):
        _refuse("by", by, Text("应为对象", "should be an object"))
    if by.get("kind") not in KINDS:
        _refuse(
            "by.kind",
            by.get("kind"),
            Text("应为{k}之一", "should be one of {k}").format(k=", ".join(KINDS)),
        )
    said = {name: _said(by, name) for name in ("id", "label", "unit", "role")}
    return Party(
        by["kind"], said["id"] or "", said["label"] or "", said["unit"], said["role"] or ""
    )


def _said(by: Mapping[str, Any], name: str) -> str | None:
    value = by.get(name)
    if not (value is None or isinstance(value, str)):
        _refuse(f"by.{name}", value, Text("应为文字", "should be a text"))
    return value


def _name(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value:
        _refuse(name, value, Text("应为非空文字", "should be a text that is not empty"))
    return value


def _refuse(field_: str, value: object, reason: Text) -> NoReturn:
    shown = "" if value is None else str(value)[:80]
    raise EventError(
        field_, Text(f"“{shown}”{reason.zh}", f"“{shown}” {reason.en}") if shown else reason
    )
