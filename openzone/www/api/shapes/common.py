"""Shapes that every area has."""

from typing import Any

from ninja import Schema

from openzone.engines.text import Text


class Words(Schema):
    """A text in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> "Words":
        """Return a text as JSON has it."""
        return cls(zh=text.zh, en=text.en)


class ProblemIn(Schema):
    """One input at fault."""

    field: str
    zh: str
    en: str


class Problem(Schema):
    """Why something was not done; nothing was written. ``field`` is the first input at fault."""

    code: str
    zh: str
    en: str
    field: str = ""
    problems: list[ProblemIn] = []


class UnitOut(Schema):
    """A unit of the zone."""

    code: str
    name: str


class PersonOut(Schema):
    """Somebody with an account."""

    username: str
    name: str

    @staticmethod
    def resolve_name(user: Any) -> str:
        """Return how the person is called."""
        return str(user)


class FirmOut(Schema):
    """An enterprise."""

    id: int
    uscc: str | None
    name: str

    @staticmethod
    def resolve_id(firm: Any) -> int:
        """Return the number of its pages: that of the subject it is."""
        return int(firm.pk)


class ItemRef(Schema):
    """A service item."""

    code: str
    name: str


class CaseRef(Schema):
    """A case."""

    number: str
    title: str
    stage: str
    closed: bool


class RevealedOut(Schema):
    """What is masked everywhere else; that it was looked at is in the log."""

    identity: str
    phone: str
    address: str = ""


class CountOut(Schema):
    """How many records were changed."""

    count: int
