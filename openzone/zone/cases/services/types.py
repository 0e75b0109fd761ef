"""Publishing case types. Cases that are open keep the version they were opened with."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from openzone.engines.cases.definition import case_type
from openzone.engines.cases.errors import DefinitionError
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import TypeVersion
from openzone.zone.cases.packs import mappings
from openzone.zone.cases.selectors.types import differences, latest
from openzone.zone.errors import Refused


@transaction.atomic
def publish(
    *, actor: Actor, mapping: Mapping[str, Any], now: dt.datetime, note: str = ""
) -> TypeVersion:
    """Publish a definition: from now on new cases of its type are opened with it.

    The version counts up by itself. Refused when it cannot be used, or says what is published.
    """
    kind = _usable(mapping)
    before = latest(kind)
    changes = differences(_unnumbered(before.mapping if before else {}), _unnumbered(mapping))
    if before is not None and not changes:
        raise Refused(Text("与已发布的版本相同", "this is what is published already"))
    number = max(before.version + 1 if before else 1, int(mapping.get("version", 1)))
    published = _store({**mapping, "version": number}, actor, now, note)
    record(
        "cases.type.published", actor=actor, subject=f"case_type:{kind}",
        payload={"version": number, "digest": published.digest, "changes": len(changes)},
    )  # fmt: skip
    return published


@transaction.atomic
def in_force(*, actor: Actor, kind: str, now: dt.datetime) -> TypeVersion:
    """Return the version new cases are opened with; a pack nobody published yet is, by this."""
    found = TypeVersion.objects.filter(kind=kind).order_by("-version").defer("definition").first()
    if found is not None:
        return found
    if kind not in mappings():
        raise Refused(
            Text("没有事项类型“{kind}”", "there is no case type “{kind}”").format(kind=kind),
            field="kind",
        )
    return publish(actor=actor, mapping=mappings()[kind], now=now)


def _usable(mapping: Mapping[str, Any]) -> str:
    try:
        return case_type(mapping).id
    except DefinitionError as error:
        zh = "；".join(f"{fault.reason.zh}" for fault in error.problems[:10])
        raise Refused(Text(zh, str(error)[:2000])) from None


def _unnumbered(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key != "version"}


def _store(mapping: dict[str, Any], actor: Actor, now: dt.datetime, note: str) -> TypeVersion:
    found = case_type(mapping)
    return TypeVersion.objects.create(
        kind=found.id,
        version=found.version,
        digest=found.digest,
        definition=json.dumps(mapping, ensure_ascii=False),
        note=note,
        published_by=actor.label,
        published_at=now,
    )
