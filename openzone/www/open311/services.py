"""Services are the topics of the case types that a zone opens to Open311."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from openzone.engines.cases.fields import Field, FieldKind
from openzone.engines.cases.model import CaseType
from openzone.engines.text import Text
from openzone.www.cases.opening import type_for
from openzone.www.formats import say
from openzone.zone.cases.packs import mappings

TOPIC = "topic"
# What GeoReport asks for under names of its own, so it is no attribute.
OWN = frozenset({TOPIC, "address", "lat", "long"})
_DATATYPES = {
    FieldKind.CHOICE: "singlevaluelist",
    FieldKind.CHOICES: "multivaluelist",
    FieldKind.BOOLEAN: "singlevaluelist",
    FieldKind.NUMBER: "number",
    FieldKind.MONEY: "number",
    FieldKind.DATE: "datetime",
    FieldKind.LONG_TEXT: "text",
}
YES, NO = Text("是", "Yes"), Text("否", "No")


class Service(NamedTuple):
    """A topic of a case type; without topics, the type."""

    type: CaseType
    topic: str
    label: Text

    @property
    def code(self) -> str:
        """The code clients name it by."""
        return f"{self.type.id}.{self.topic}" if self.topic else self.type.id

    @property
    def attributes(self) -> tuple[Field, ...]:
        """The questions beside those every report answers; papers come as links elsewhere."""
        return tuple(
            field
            for field in self.type.form
            if field.id not in OWN and field.kind is not FieldKind.FILE
        )


def kinds() -> list[str]:
    """Return the case types that are open to Open311."""
    return [
        kind for kind, mapping in mappings().items() if (mapping.get("desk") or {}).get("open311")
    ]


def services() -> Iterator[Service]:
    """Yield every service, in the order of the packs."""
    for kind in kinds():
        type_ = type_for(kind)
        topics = next((field.choices for field in type_.form if field.id == TOPIC), ())
        for choice in topics:
            yield Service(type_, choice.id, choice.label)
        if not topics:
            yield Service(type_, "", type_.label)


def service(code: str) -> Service | None:
    """Return one service by its code."""
    return next((one for one in services() if one.code == code), None)


def listed(one: Service) -> dict[str, Any]:
    """Return a service as the list of services has it."""
    return {
        "service_code": one.code,
        "service_name": say(one.label),
        "description": say(one.type.label),
        "metadata": bool(one.attributes),
        "type": "realtime",
        "keywords": "",
        "group": say(one.type.label),
    }


def definition(one: Service) -> dict[str, Any]:
    """Return the questions of a service."""
    return {
        "service_code": one.code,
        "attributes": [_attribute(n, field) for n, field in enumerate(one.attributes, start=1)],
    }


def _attribute(order: int, field: Field) -> dict[str, Any]:
    return {
        "variable": True,
        "code": field.id,
        "datatype": _DATATYPES.get(field.kind, "string"),
        "required": field.required and not field.when,
        "datatype_description": say(field.help) if field.help else "",
        "order": order,
        "description": say(field.label),
        "values": _values(field),
    }


def _values(field: Field) -> list[dict[str, str]]:
    if field.kind is FieldKind.BOOLEAN:
        return [{"key": "true", "name": say(YES)}, {"key": "false", "name": say(NO)}]
    return [{"key": one.id, "name": say(one.label)} for one in field.choices]
