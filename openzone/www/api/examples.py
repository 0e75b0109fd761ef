"""Examples in the description: one for every body, answer and parameter, made from its shape."""

from collections.abc import Mapping
from typing import Any

from openzone.engines.text import Text
from openzone.www.api import errors
from openzone.www.api.auth import NO_KEY

_REF = "#/components/schemas/"
_FORMATS = {
    "date": "2026-11-21",
    "date-time": "2026-11-21T09:30:00+08:00",
    "time": "09:30:00",
    "binary": "（文件 / a file）",
}
_NAMED: Mapping[str, Any] = {
    "number": "OZ-QY-20261121-0001-7",
    "uscc": "91340100MA2NQXFL02",
    "enterprise": "91340100MA2NQXFL02",
    "unit": "centre",
    "code": "S-001",
    "username": "zhang",
    "name": "示例",
    "title": "示例：厂区道路夜间无照明",
    "text": "示例：三号门外路灯不亮",
    "reason": "示例：理由",
    "kind": "enterprise_request",
    "action": "accept",
    "content": "JVBERi0xLjQK",
    "seen": 3,
    "last_seq": 3,
}
_PROBLEMS: Mapping[str, tuple[str, Text]] = {
    "400": ("unreadable", errors.UNREADABLE),
    "401": ("no_key", NO_KEY),
    "403": ("not_allowed", Text("仅限园区工作人员", "for people who work for the zone only")),
    "404": ("not_found", errors.NOT_FOUND),
    "409": (
        "refused",
        Text("已由张示例于2026-11-21 09:30办理", "already done by Zhang at 2026-11-21 09:30"),
    ),
    "413": ("too_large", errors.TOO_LARGE),
    "422": ("invalid", Text("“title”：必填", "“title”: is needed")),
    "429": ("too_often", errors.TOO_OFTEN),
}
_DEEPEST = 8


def fill(schema: dict[str, Any]) -> None:
    """Write an example into every operation of a description."""
    known = schema["components"]["schemas"]
    for methods in schema["paths"].values():
        for operation in methods.values():
            _fill(operation, known)


def _fill(operation: dict[str, Any], known: Mapping[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        if "example" not in parameter and "examples" not in parameter:
            parameter["example"] = example(parameter["schema"], known, parameter["name"])
        elif isinstance(parameter.get("examples"), list):
            parameter["example"] = parameter.pop("examples")[0]
    for media in operation.get("requestBody", {}).get("content", {}).values():
        media.setdefault("example", example(media["schema"], known))
    for status, answer in operation["responses"].items():
        for media in answer.get("content", {}).values():
            media["example"] = _answered(str(status), media["schema"], known)


def _answered(status: str, shape: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    if status in _PROBLEMS:
        return errors.problem(*_PROBLEMS[status])
    return example(shape, known)


def example(
    shape: Mapping[str, Any], known: Mapping[str, Any], name: str = "", depth: int = 0
) -> Any:
    """Return a value of a shape.

    Args:
        shape: a JSON Schema as the description has it.
        known: the schemas it refers to, by name.
        name: what the value is called, for values people recognise.
        depth: how far in it is; what repeats itself ends somewhere.

    """
    if "$ref" in shape:
        return example(known[str(shape["$ref"]).removeprefix(_REF)], known, name, depth)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in shape:
            return _first(shape[word], known, name, depth)
    if "enum" in shape:
        return next((one for one in shape["enum"] if one != ""), "")
    if "const" in shape:
        return shape["const"]
    kind = shape.get("type", "string")
    if kind == "object":
        return _object(shape, known, depth)
    if kind == "array":
        return _array(shape, known, name, depth)
    return _plain(kind, shape, name)


def _first(
    options: list[Mapping[str, Any]], known: Mapping[str, Any], name: str, depth: int
) -> Any:
    """Return the example of the first choice that is more than nothing."""
    real = [one for one in options if one.get("type") != "null"]
    return example(real[0], known, name, depth) if real else None


def _object(shape: Mapping[str, Any], known: Mapping[str, Any], depth: int) -> dict[str, Any]:
    if depth >= _DEEPEST:
        return {}
    properties: Mapping[str, Any] = shape.get("properties", {})
    return {name: example(one, known, name, depth + 1) for name, one in properties.items()}


def _array(shape: Mapping[str, Any], known: Mapping[str, Any], name: str, depth: int) -> list[Any]:
    if "prefixItems" in shape:
        return [example(one, known, name, depth + 1) for one in shape["prefixItems"]]
    return [example(shape.get("items", {}), known, name, depth + 1)] if depth < _DEEPEST else []


def _plain(kind: str, shape: Mapping[str, Any], name: str) -> Any:
    if shape.get("examples"):
        return shape["examples"][0]
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        named = _NAMED.get(name)
        return named if isinstance(named, int) else shape.get("minimum", 1)
    if str(shape.get("format", "")) in _FORMATS:
        return _FORMATS[str(shape["format"])]
    named = _NAMED.get(name, "示例")
    return named if isinstance(named, str) else "示例"
