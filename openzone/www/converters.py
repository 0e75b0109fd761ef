"""Numbers in addresses, no longer than a database can hold."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class RecordNumber(IntConverter):
    """The number of a record. More digits than a 64-bit number has is no address at all."""

    regex = "[0-9]{1,18}"


def is_record_number(text: str) -> bool:
    """Whether a text can be the number of a record."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


register_converter(RecordNumber, "number")
