"""The first event of a case, and where it goes."""

from collections.abc import Mapping

from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Event, Json, Party
from openzone.engines.cases.fields import holds
from openzone.engines.cases.holding import Span, Stretch
from openzone.engines.cases.model import Action, CaseType
from openzone.engines.cases.roles import fits
from openzone.engines.cases.state import State, unit_holder
from openzone.engines.cases.ticking import ticked
from openzone.engines.text import Text
from openzone.engines.worktime.due import due_moment

CENTRE = "centre"
ABOVE = "leader"
"""Who takes a complaint about the centre itself."""
FIRST = Text("立案事件的序号应为1", "the opening event has the number 1")
MISSING = Text("立案缺少“{name}”", "the opening lacks “{name}”")
OTHER_TYPE = Text("事项类型不符：{id}第{version}版", "another type of case: {id} version {version}")
ABOUT = Text("不能交给被反映的部门", "what is about a unit cannot go to it")
NO_TEXT = Text("“{name}”应为文字", "“{name}” should be a text")
NO_PARTY = Text("“requester”应为对象", "“requester” should be an object")
NOT_YOURS = Text("{who}无权立案", "it is not for {who} to open this")


def opened(type_: CaseType, action: Action, event: Event, worktime: Worktime) -> State:
    """Return the state a case begins with."""
    data, at = event.data, event.at
    if event.seq != 1:
        raise Impossible(FIRST, field="seq")
    _check_type(type_, data)
    fields = data.get("fields") or {}
    if not isinstance(fields, Mapping):
        raise Impossible(MISSING.format(name="fields"), field="data.fields")
    chosen = fields.get("topic")
    topic = _said(data, "topic") or (chosen.strip() if isinstance(chosen, str) else "")
    about = _said(data, "about_unit") or None
    centre = _said(data, "centre") or CENTRE
    rule = routed(type_, fields, topic)
    unit = _unit(_said(data, "unit"), centre if rule == CENTRE else rule, centre, about)
    holder = unit_holder(unit)
    assigned = unit != centre
    state = State(
        number=_needed(data, "number"),
        type=type_.id,
        version=type_.version,
        title=_said(data, "title"),
        opened_at=at,
        last_at=at,
        last_seq=1,
        stage=(assigned and action.otherwise) or action.to or "",
        requester=_requester(data, event.by),
        centre=centre,
        holder=holder,
        held_since=at,
        lead=unit,
        about_unit=about,
        channel=_said(data, "channel"),
        topic=topic,
        place=data.get("place"),
        origin=_said(data, "origin"),
        priority=_said(data, "priority"),
        fields=fields,
        assigned_at=at if assigned else None,
        objection_until=due_moment(at, type_.objection, *worktime)
        if assigned and type_.objection
        else None,
        stretches=(Stretch(holder, at, None),),
        spans=(Span(at, None),),
    )
    if not any(fits(role, state, event.by) for role in action.who):
        who = event.by.named
        raise Impossible(Text(NOT_YOURS.zh.format(who=who.zh), NOT_YOURS.en.format(who=who.en)))
    return state.having({"clocks": ticked(type_, state, state, action, worktime)})


def routed(type_: CaseType, fields: Mapping[str, Json], topic: str) -> str:
    """Return the unit the routing rules name, ``centre`` where none fits."""
    facts = {**fields, "topic": topic}
    return next((route.unit for route in type_.routing if holds(route.when, facts)), CENTRE)


def _unit(given: str, rule: str, centre: str, about: str | None) -> str:
    """Return who gets the case first: never the unit it is about."""
    if given and given == about:
        raise Impossible(ABOUT, field="data.unit")
    return next(unit for unit in (given, rule, centre, ABOVE) if unit and unit != about)


def _check_type(type_: CaseType, data: Mapping[str, Json]) -> None:
    """Refuse an opening that names a type or version, and is read with another."""
    own = (type_.id, type_.version)
    given = data.get("definition")
    if isinstance(given, Mapping):
        _same_type(own, given.get("id"), given.get("version", 1), "data.definition")
    named, version = data.get("type"), data.get("version")
    _same_type(own, type_.id if named is None else named, type_.version, "data.type")
    _same_type(own, type_.id, type_.version if version is None else version, "data.version")


def _same_type(own: tuple[str, int], name: Json, version: Json, field: str) -> None:
    if (name, version) != own:
        raise Impossible(OTHER_TYPE.format(id=name, version=version), field=field)


def _requester(data: Mapping[str, Json], by: Party) -> Party:
    given = data.get("requester")
    if given is None:
        return by
    if not isinstance(given, Mapping):
        raise Impossible(NO_PARTY, field="data.requester")
    return Party(str(given.get("kind", "")), str(given.get("id", "")), str(given.get("label", "")))


def _said(data: Mapping[str, Json], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):  # a unit given as a number would be lost silently
        raise Impossible(NO_TEXT.format(name=name), field=f"data.{name}")
    return value.strip()


def _needed(data: Mapping[str, Json], name: str) -> str:
    if value := _said(data, name):
        return value
    raise Impossible(MISSING.format(name=name), field=f"data.{name}")
