"""The roster of agents, entered one by one or from a spreadsheet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction

from openzone.engines.tables.columns import Field
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.services.imports import Imported, in_row, read_sheet, unit_named
from openzone.zone.community.models import Agent, Order
from openzone.zone.community.packs import pack
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User

_NO_SOURCE = Text("没有来源“{source}”", "there is no source “{source}”")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentValues:
    """All there is to say about an agent."""

    name: str
    community: Unit
    valid_from: dt.date
    valid_to: dt.date | None = None
    phone: str = ""
    sources: Sequence[str] = ()
    user: User | None = None


@transaction.atomic
def save_agent(*, actor: Actor, code: str, values: AgentValues) -> Agent:
    """Enter an agent, or make the one with this code what ``values`` say."""
    known = {term.id for term in pack().sources.list}
    for source in values.sources:
        if source not in known:
            raise Refused(_NO_SOURCE.format(source=source), field="sources")
    if values.valid_to is not None and values.valid_to < values.valid_from:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="valid_to"
        )
    agent = Agent.objects.select_for_update().filter(code=code).first() or Agent(code=code)
    for one in fields(AgentValues):
        setattr(agent, one.name, getattr(values, one.name))
    agent.sources = sorted(set(values.sources))
    ensure_valid(agent)
    agent.save()
    payload: dict[str, JSON] = {
        "name": agent.name,
        "community": agent.community.code,
        "sources": agent.sources,
        "valid_from": agent.valid_from,
        "valid_to": agent.valid_to,
    }
    record("community.agent.saved", actor=actor, subject=f"agent:{agent.pk}", payload=payload)
    return agent


@transaction.atomic
def end_agent(
    *, actor: Actor, agent: Agent, last_day: dt.date, successor: Agent | None = None
) -> Agent:
    """Let somebody leave the roster; open orders go to a successor and never to nobody."""
    current = Agent.objects.select_for_update().get(pk=agent.pk)
    open_ = Order.objects.filter(agent=current, closed_at__isnull=True)
    count = open_.count()
    if last_day < current.valid_from:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="last_day"
        )
    if count:
        _ensure_successor(current, successor, count)
        open_.update(agent=successor)
    current.valid_to = last_day
    current.save(update_fields=["valid_to"])
    payload: dict[str, JSON] = {
        "last_day": last_day,
        "orders": count,
        "successor": successor.code if successor else None,
    }
    record("community.agent.ended", actor=actor, subject=f"agent:{current.pk}", payload=payload)
    return current


def _ensure_successor(current: Agent, successor: Agent | None, count: int) -> None:
    if successor is None or successor.pk == current.pk:
        raise Refused(
            Text(
                "还有{n}件未办结的代办，请指定接手的代办员",
                "{n} orders are still open: name who takes them over",
            ).format(n=count),
            field="successor",
        )
    if successor.community_id != current.community_id:
        raise Refused(
            Text("接手的代办员应在同一社区", "the successor belongs to the same community"),
            field="successor",
        )


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


COLUMNS = (
    _text("code", "编号", "Code", required=True),
    _text("name", "姓名", "Name", required=True),
    _text("community", "社区", "Community", required=True),
    _text("phone", "联系电话", "Telephone", "电话"),
    _text("sources", "来源", "Comes from"),
    _text("user", "账号", "Account"),
    Field("valid_from", "date", None, "开始日期", "From", required=True),
    Field("valid_to", "date", None, "结束日期", "To"),
)


@transaction.atomic
def import_roster(*, actor: Actor, file_name: str, data: bytes, as_of: dt.date) -> Imported:
    """Take the agents of a file; with one problem in one row nothing is written."""
    reading = read_sheet(file_name, data, COLUMNS, as_of)
    result = Imported(problems=[problem.sentence for problem in reading.errors])
    point = transaction.savepoint()
    for row in reading.rows:
        given = {name: value.value for name, value in row.values.items()}
        _take(actor, given, row.number, result)
    if result.problems:
        transaction.savepoint_rollback(point)
        return Imported(problems=result.problems)
    transaction.savepoint_commit(point)
    payload: dict[str, JSON] = {
        "file": file_name,
        "created": result.created,
        "changed": result.changed,
    }
    record("community.roster.imported", actor=actor, subject="agents", payload=payload)
    return result


def _take(actor: Actor, given: Mapping[str, Any], number: int, result: Imported) -> None:
    code = str(given.get("code") or "")
    known = Agent.objects.filter(code=code).exists()
    try:
        with transaction.atomic():
            save_agent(actor=actor, code=code, values=_values(given))
    except Refused as refusal:
        result.problems.append(in_row(number, refusal.reason))
        return
    result.created += not known
    result.changed += known


def _values(given: Mapping[str, Any]) -> AgentValues:
    words = {name: str(value).strip() for name, value in given.items() if value is not None}
    if given.get("valid_from") is None:
        raise Refused(Text("请填写开始日期", "give the first day"), field="valid_from")
    by_label = {term.label.zh: term.id for term in pack().sources.list}
    parts = [part for part in words.get("sources", "").replace("；", "、").split("、") if part]
    return AgentValues(
        name=words.get("name", ""),
        community=unit_named(words.get("community", ""), "community"),
        phone=_phone(words.get("code", ""), words.get("phone", "")),
        sources=[by_label.get(part.strip(), part.strip()) for part in parts],
        user=_account(words.get("user", "")),
        valid_from=given["valid_from"],
        valid_to=given.get("valid_to"),
    )


def _phone(code: str, given: str) -> str:
    """Return the telephone of a row; a masked one, as exports have it, leaves what is on record."""
    if "*" not in given:
        return given
    return Agent.objects.filter(code=code).values_list("phone", flat=True).first() or ""


def _account(name: str) -> User | None:
    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise Refused(
            Text("没有账号“{name}”", "there is no account “{name}”").format(name=name), field="user"
        )
    return user
