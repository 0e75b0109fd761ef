"""An address of the site, and what each kind of visitor gets there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

VISITORS = ("admin", "colleague", "owner", "stranger")
"""An administrator, a handler, somebody of the enterprise shown, somebody of another one."""

LOGIN = 302
NOWHERE = 999_999_999
"""The number of no record."""


@dataclass(frozen=True)
class Address:
    """A url name with its arguments, and the status for each visitor in the order above."""

    name: str
    expected: tuple[int, int, int, int]
    kwargs: dict[str, object] = field(default_factory=dict)
    query: str = ""
    method: str = "GET"
    data: dict[str, str] = field(default_factory=dict)
    anonymous: int = LOGIN

    def path(self, numbers: Mapping[str, int]) -> str:
        """The address, with the numbers the records have this time."""
        kwargs = {name: str(value).format(**numbers) for name, value in self.kwargs.items()}
        return reverse(self.name, kwargs=kwargs) + self.query.format(**numbers)

    def ask(self, client: Client, numbers: Mapping[str, int]) -> Any:
        """The answer to a request."""
        if self.method == "GET":
            return client.get(self.path(numbers))
        data = {name: value.format(**numbers) for name, value in self.data.items()}
        return client.post(self.path(numbers), data)

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"


def get(address: str, /, *expected: int, query: str = "", **kwargs: object) -> Address:
    return Address(address, expected, kwargs, query)  # type: ignore[arg-type]


def post(
    address: str, /, *expected: int, data: dict[str, str] | None = None, **kwargs: object
) -> Address:
    return Address(address, expected, kwargs, method="POST", data=data or {})  # type: ignore[arg-type]
