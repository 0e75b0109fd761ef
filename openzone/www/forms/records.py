"""Choosing records in a form, by numbers a database can hold."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from openzone.www.converters import is_record_number


class RecordChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One record. A number longer than any record's is no choice, not an error of the server."""

    def to_python(self, value: Any) -> Any:
        """Return the record, or refuse."""
        by_number = self.to_field_name is None and value not in self.empty_values
        if by_number and not is_record_number(str(value)):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().to_python(value)


class RecordChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several records, with the same care."""

    def clean(self, value: Any) -> Any:
        """Return the records, or refuse."""
        for one in value or ():
            if self.to_field_name is None and not is_record_number(str(one)):
                message = self.error_messages["invalid_choice"] % {"value": one}
                raise ValidationError(message, "invalid_choice")
        return super().clean(value)


def offer(form: forms.Form, name: str, records: QuerySet[Any]) -> None:
    """Let a field of a form choose among these records."""
    field: Any = form.fields[name]
    field.queryset = records
