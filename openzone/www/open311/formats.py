"""JSON and XML as GeoReport v2 words them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse, JsonResponse

# How the entries of each list are called.
_ENTRIES = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "changesets": "changeset",
    "endpoints": "endpoint",
    "formats": "format",
}


def answer(data: Any, root: str, form: str, status: int = 200) -> HttpResponse:
    """Return data in a format; ``root`` is the outermost name, which only XML shows."""
    if form == "json":
        return JsonResponse(
            _plain(data), safe=False, status=status, json_dumps_params={"ensure_ascii": False}
        )
    text = ET.tostring(_element(root, data), encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8", status=status)


def _plain(data: Any) -> Any:
    if isinstance(data, dt.datetime):
        return data.isoformat(timespec="seconds")
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_plain(one) for one in data]
    return data


def _element(name: str, data: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(data, Mapping):
        element.extend(_element(key, value) for key, value in data.items())
    elif isinstance(data, Sequence) and not isinstance(data, str):
        element.extend(_element(_ENTRIES.get(name, "item"), one) for one in data)
    elif data is not None:
        element.text = _word(_plain(data))
    return element


def _word(value: Any) -> str:
    """Return a value as XML has it, without the characters XML 1.0 cannot hold."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return "".join(c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or c >= "\ue000")
