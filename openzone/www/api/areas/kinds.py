"""Types of case: which there are for the caller, and what their forms ask."""

from typing import Any

from openzone.engines.cases.fields import Field, FieldKind
from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.sent import Asked
from openzone.www.api.shapes.cases import KindOut
from openzone.www.api.shapes.common import Words
from openzone.www.api.shaping import form_out
from openzone.www.api.values import Line
from openzone.www.cases.opening import kind_for, kinds_for, type_for
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.CASES)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[FieldKind, dict[str, Any]] = {
    FieldKind.NUMBER: {"type": "number"},
    FieldKind.MONEY: {"type": "number", "multipleOf": 0.01},
    FieldKind.DATE: {"type": "string", "format": "date"},
    FieldKind.BOOLEAN: {"type": "boolean"},
    FieldKind.CHOICES: {"type": "array", "uniqueItems": True},
    FieldKind.LONG_TEXT: {"type": "string", "maxLength": 20_000},
    FieldKind.TEXT: {"type": "string", "maxLength": 500},
}


@desk.read("/kinds", Text("可提交的案件类型", "Types of case to open"), list[KindOut])
def list_kinds(asked: Asked) -> Any:
    """The types of case the caller may open, with their forms."""
    return [_kind_out(kind.id) for kind in kinds_for(asked.user, asked.on)]


@desk.read("/kinds/{kind}", Text("案件类型", "One type of case"), KindOut)
def get_kind(asked: Asked, kind: Line) -> Any:
    """One type and its form."""
    return _kind_out(kind_for(asked.user, kind, asked.on).id)


@desk.read(
    "/kinds/{kind}/schema", Text("表单的JSON Schema", "JSON Schema of a form"), dict[str, Any]
)
def get_schema(asked: Asked, kind: Line) -> Any:
    """The `fields` of a new case as JSON Schema (2020-12).

    Files are sent apart. Fields asked only in some cases stand in `allOf` with their condition.
    """
    return schema_of(kind_for(asked.user, kind, asked.on).id)


def _kind_out(kind: str) -> KindOut:
    type_ = type_for(kind)
    label, form = Words.of(type_.label), form_out(type_.form)
    return KindOut(id=type_.id, version=type_.version, label=label, form=form)


def schema_of(kind: str) -> dict[str, Any]:
    """Return what the fields of a new case of a type may be, as JSON Schema."""
    type_ = type_for(kind)
    form = [field for field in type_.form if field.kind is not FieldKind.FILE]
    always = [field.id for field in form if field.required and not field.when]
    found: dict[str, Any] = {
        "$schema": DIALECT,
        "title": str(type_.label),
        "type": "object",
        "properties": {field.id: _property(field) for field in form},
        "required": always,
        "additionalProperties": False,
    }
    if sometimes := [_when(field) for field in form if field.required and field.when]:
        found["allOf"] = sometimes
    return found


def _property(field: Field) -> dict[str, Any]:
    found = {"title": str(field.label), **_TYPES.get(field.kind, {"type": "string"})}
    if field.help:
        found["description"] = str(field.help)
    choices = [{"const": one.id, "title": str(one.label)} for one in field.choices]
    if choices and field.kind is FieldKind.CHOICES:
        found["items"] = {"oneOf": choices}
    elif choices:
        found["oneOf"] = choices
    return {**found, **_limits(field)}


def _limits(field: Field) -> dict[str, Any]:
    """Return the bounds: of characters, of values, of answers, as the kind has them."""
    names = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems")}
    base = _TYPES.get(field.kind, {"type": "string"})["type"]
    low, high = names.get(base, ("minimum", "maximum"))
    bounds = {low: field.min, high: field.max}
    return {
        name: float(value) if base == "number" else int(value)
        for name, value in bounds.items()
        if value is not None
    }


def _when(field: Field) -> dict[str, Any]:
    conditions = {name: {"enum": sorted(values)} for name, values in field.when}
    return {
        "if": {"properties": conditions, "required": list(conditions)},
        "then": {"required": [field.id]},
    }
