"""Numbers that come back as they were written, on every database."""

from decimal import Decimal
from typing import Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

DIGITS = 40


class ExactField(models.Field):  # type: ignore[type-arg]
    """A decimal kept as its digits: SQLite keeps no more than 15 of a number.

    The database cannot add such columns up; sums are of observations, in Python.
    """

    def get_internal_type(self) -> str:
        """A column of text."""
        return "CharField"

    def __init__(self, *args: Any, **options: Any) -> None:
        options["max_length"] = DIGITS
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """Leave the length out: it is always the same."""
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, options

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        """Nothing beyond what every field is asked."""
        return super().check(**options)

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> Decimal | None:
        """Return the number."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Return a finite number of at most forty characters."""
        if value is None:
            return None
        found = value if isinstance(value, Decimal) else Decimal(str(value))
        if not found.is_finite() or len(f"{found:f}") > DIGITS:
            raise ValidationError(_("This number cannot be kept exactly."))
        return found

    def get_prep_value(self, value: Any) -> str | None:
        """Return the digits, without an exponent."""
        found = self.to_python(super().get_prep_value(value))
        return None if found is None else f"{found:f}"
