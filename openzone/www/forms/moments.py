"""A day and a time, as browsers pick them."""

import datetime as dt

from django import forms
from django.utils import timezone

from openzone.www.asof import ensure_covered


class MomentInput(forms.DateTimeInput):
    """The picker."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def ensure_kept(moment: dt.datetime) -> None:
    """Refuse a moment no record speaks of; at the ends of the calendar no time zone has it."""
    ensure_covered(timezone.localtime(moment).date() if 1 < moment.year < 9999 else moment.date())


class MomentField(forms.DateTimeField):
    """A moment the record can speak of."""

    widget = MomentInput
    default_validators = [ensure_kept]
