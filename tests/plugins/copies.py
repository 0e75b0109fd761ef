"""Copies of what fixtures return, so that no test sees what another one did to its records."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import PurePath
from types import FunctionType, ModuleType, NoneType
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Field, Model
from django.db.models.fields.files import FieldFile
from django.test.client import ClientHandler
from django.utils.functional import Promise

Memo = dict[int, tuple[Any, Any]]

# Nobody can change these.
SHARED = (
    NoneType, bool, int, float, complex, str, bytes, Decimal, Enum, dt.date, dt.time, dt.timedelta,
    dt.tzinfo, ZoneInfo, uuid.UUID, PurePath, re.Pattern, type, ModuleType, Promise, Field,
    ClientHandler,
)  # fmt: skip
OURS = ("tests", "openzone", "django.db.models.base", "django.test.client")
PURE = ("openzone.engines", "openzone.packs")


class UncopyableError(TypeError):
    """What cannot be copied as a whole: a function that remembers records, an open file."""


def copied(value: Any, memo: Memo | None = None) -> Any:
    """Return a copy in which whatever can change is new, and what was one thing still is one.

    Raises:
        UncopyableError: where a part is of a kind that is not known to be copied whole.

    """
    memo = {} if memo is None else memo
    if isinstance(value, SHARED) or _is_pure(value):
        return value
    if id(value) in memo:
        return memo[id(value)][1]
    for kind, copy in _COPIES:
        if isinstance(value, kind):
            return copy(value, memo)
    if type(value).__module__.startswith(OURS) and hasattr(value, "__dict__"):
        return _object(value, memo)
    raise UncopyableError(f"{type(value).__module__}.{type(value).__qualname__}")


def _is_pure(value: Any) -> bool:
    """Say whether it is data of engines or packs, frozen and often large."""
    kind = type(value)
    return (
        kind.__module__.startswith(PURE)
        and is_dataclass(kind)
        and bool(kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]
    )


def _kept(value: Any, new: Any, memo: Memo) -> Any:
    """Remember a copy, and its original: as long as that lives no other has its number."""
    memo[id(value)] = (value, new)
    return new


def _object(value: Any, memo: Memo) -> Any:
    new = _kept(value, object.__new__(type(value)), memo)
    for name, part in value.__dict__.items():
        new.__dict__[name] = part.name if isinstance(part, FieldFile) else copied(part, memo)
    return new


def _tuple(value: tuple[Any, ...], memo: Memo) -> Any:
    parts = [copied(part, memo) for part in value]
    made = type(value)._make(parts) if hasattr(value, "_make") else tuple(parts)
    return _kept(value, made, memo)


def _list(value: list[Any], memo: Memo) -> Any:
    new: list[Any] = _kept(value, [], memo)
    new.extend(copied(part, memo) for part in value)
    return new


def _dict(value: dict[Any, Any], memo: Memo) -> Any:
    new = _kept(value, type(value)(), memo)
    new.update((copied(key, memo), copied(part, memo)) for key, part in value.items())
    return new


def _set(value: Any, memo: Memo) -> Any:
    return _kept(value, type(value)(copied(part, memo) for part in value), memo)


def _cookies(value: SimpleCookie, memo: Memo) -> Any:
    new = _kept(value, SimpleCookie(), memo)
    for name, morsel in value.items():
        dict.__setitem__(new, name, morsel.copy())
    return new


def _function(value: FunctionType, memo: Memo) -> Any:
    if value.__closure__ is not None:
        raise UncopyableError(value.__qualname__)
    return value


def _buffer(value: BytesIO, memo: Memo) -> Any:
    return _kept(value, BytesIO(value.getvalue()), memo)


_COPIES: tuple[tuple[Any, Callable[[Any, Memo], Any]], ...] = (
    (Model, _object),
    (SimpleCookie, _cookies),
    (FunctionType, _function),
    (BytesIO, _buffer),
    (tuple, _tuple),
    (list, _list),
    (dict, _dict),
    ((set, frozenset), _set),
)
