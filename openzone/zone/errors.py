"""What a service says when it will not do something."""

from collections.abc import Callable, Collection

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model, Q
from django.utils import translation

from openzone.engines.text import Text

AT_ODDS = Text("{fields}不合要求或互相矛盾", "{fields}: not as required, or at odds")


class Refused(Exception):  # noqa: N818 - it reads as the sentence it is
    """The request is not allowed or makes no sense; nothing was written.

    ``reason`` is shown to the person as it stands; ``field`` names the input at fault, if one is.
    """

    def __init__(self, reason: Text, *, field: str = "") -> None:
        super().__init__(reason, field)
        self.reason = reason
        self.field = field

    def __str__(self) -> str:
        return str(self.reason)


def ensure_valid(instance: Model) -> None:
    """Refuse what the model's own fields refuse, naming the first field at fault."""
    _ensure(instance, instance.full_clean)


def ensure_fields(instance: Model, names: Collection[str]) -> None:
    """Refuse what some fields refuse, where the rest is not filled in yet."""
    others = {field.name for field in instance._meta.fields} - set(names)
    _ensure(instance, lambda: instance.clean_fields(exclude=others))


def _ensure(instance: Model, check: Callable[[], None]) -> None:
    try:
        check()
    except ValidationError as error:
        field = next(iter(error.message_dict))
        raise Refused(_in_both_languages(instance, field, check), field=field) from None


def _in_both_languages(instance: Model, field: str, check: Callable[[], None]) -> Text:
    """Ask again in each language: some messages are fixed when the check runs."""
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            try:
                check()
            except ValidationError as error:
                texts.append(_sentence(instance, field, error.message_dict[field]))
    return Text(*texts)


def _sentence(instance: Model, field: str, messages: list[str]) -> str:
    if field == "__all__":
        return " ".join(_of_record(instance, messages))
    label = instance._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    return f"{label}: {' '.join(messages)}"


def _of_record(instance: Model, messages: list[str]) -> list[str]:
    """Name the fields where a condition of the table is broken: its name tells people nothing."""
    checks = {
        str(one.get_violation_error_message()): one.condition.referenced_base_fields
        for one in instance._meta.constraints
        if isinstance(one, CheckConstraint) and isinstance(one.condition, Q)
    }
    return [_at_odds(instance, checks[one]) if one in checks else one for one in messages]


def _at_odds(instance: Model, names: Collection[str]) -> str:
    labels = [f"“{one.verbose_name}”" for one in instance._meta.fields if one.name in names]
    chinese = str(translation.get_language()).startswith("zh")
    template, between = (AT_ODDS.zh, "、") if chinese else (AT_ODDS.en, ", ")
    return template.format(fields=between.join(labels))
