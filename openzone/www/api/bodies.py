"""The shape of what a page's form takes, for programs: the same fields, the same limits."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import translation
from django.utils.choices import CallableChoiceIterator
from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from openzone.engines.text import Text
from openzone.www.api.values import Day, FileIn, Id, Line, Paragraphs, Whole

SHORT = 500
YES, NO = "yes", "no"


class Body(Schema):
    """What a program sends; a name that is not known here is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Body):
    """Nothing needs to be said."""


# The first that fits: subclasses stand before what they are made of.
_TYPES: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.ModelMultipleChoiceField, list[str]),
    (forms.MultipleChoiceField, list[str]),
    (forms.FileField, FileIn),
    (forms.BooleanField, bool),
    (forms.DateTimeField, dt.datetime),
    (forms.DateField, Day),
    (forms.FloatField, float),
    (forms.DecimalField, Decimal),
    (forms.IntegerField, Whole),
)


def body_of(form: type[forms.Form], name: str) -> type[Body]:
    """Return the shape of a form's fields.

    Args:
        form: a form of a page; fields it only adds for one record are not part of the shape.
        name: what the shape is called in the description.

    """
    shaped: dict[str, Any] = {
        field_name: _shape(field) for field_name, field in form.base_fields.items()
    }
    doc = (form.__doc__ or "").splitlines()[0]
    return create_model(name, __base__=Body, __doc__=doc, **shaped)


def _shape(field: forms.Field) -> tuple[Any, Any]:
    kind = kind_of(field)
    extra: dict[str, Any] = {}
    if isinstance(field, forms.MultipleChoiceField) and (values := _values(field)):
        extra = {"items": {"type": "string", "enum": values}}
    elif isinstance(field, forms.ChoiceField) and kind is Line:
        extra = _enum(field)
    # A box of a form that is not ticked sends nothing; a question is answered, also with no.
    needed = field.required and not isinstance(field, forms.BooleanField)
    described = Field(
        ... if needed else None,
        description=_described(field),
        json_schema_extra=extra or None,
    )
    return (kind if needed else kind | None), described


def kind_of(field: forms.Field) -> Any:
    """Return the type of a field's value in JSON."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return list[Line] if field.to_field_name else list[Id]
    if isinstance(field, forms.ModelChoiceField):
        return Line if field.to_field_name else Id
    if isinstance(field, forms.TypedChoiceField):
        return _typed(field)
    found = next((kind for one, kind in _TYPES if isinstance(field, one)), None)
    return found or _text(field)


def _typed(field: forms.TypedChoiceField) -> Any:
    """A choice between yes and no is a truth value, one between numbers a number."""
    if _is_yes_no(field):
        return bool
    values = _values(field)
    return Whole if values and all(isinstance(one, int) for one in values) else Line


def _is_yes_no(field: forms.TypedChoiceField) -> bool:
    given: Any = field.coerce
    try:
        return given(YES) is True and given(NO) is False
    except (ValueError, ArithmeticError):  # a choice between numbers
        return False


def _text(field: forms.Field) -> Any:
    most = getattr(field, "max_length", None) or SHORT
    return Line if most <= SHORT else Paragraphs


def _values(field: forms.ChoiceField) -> list[Any]:
    """Return what can be chosen, where that is of the type or its pack; records are no list."""
    choices = field.choices
    if not isinstance(choices, list | CallableChoiceIterator):
        return []
    return [one[0] for one in choices if one[0] != ""]


def _enum(field: forms.ChoiceField) -> dict[str, Any]:
    values = [str(one) for one in _values(field)]
    return {"enum": values if field.required else ["", *values]} if values else {}


def _described(field: forms.Field) -> str:
    label = in_both(field.label)
    named = {"code": Text("代码", "code"), "username": Text("账号", "account")}
    by = named.get(getattr(field, "to_field_name", None) or "")
    words = str(label)
    if by is not None:
        words = f"{label.zh}（{by.zh}） / {label.en} ({by.en})"
    hint = in_both(field.help_text)
    return f"{words}。{hint}" if hint.zh else words


def in_both(said: object) -> Text:
    """Return what a form says in both languages; nothing for nothing."""
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            texts.append(str(said or ""))
    return Text(*texts)


def answers(of: forms.Field, value: Any) -> list[str]:
    """Return a value as a browser would send it."""
    if value is None:
        return []
    if isinstance(value, bool):
        if isinstance(of, forms.BooleanField):
            return ["on"] if value else []
        return [YES if value else NO]
    if isinstance(value, dt.datetime):
        return [_local(value)]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [value.isoformat() if isinstance(value, dt.date) else str(value)]


def _local(moment: dt.datetime) -> str:
    from django.utils import timezone

    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return local.replace(tzinfo=None).isoformat(timespec="seconds")


def sent_as_form(body: Body, fields: Mapping[str, forms.Field]) -> dict[str, list[str]]:
    """Return what a body holds for a form, file fields apart."""
    found = {}
    for name in type(body).model_fields:
        value = getattr(body, name)
        if name in fields and not isinstance(value, FileIn):
            found[name] = answers(fields[name], value)
    return {name: values for name, values in found.items() if values}
