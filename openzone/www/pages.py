"""Cutting a long list into pages."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
T = TypeVar("T")
SIZE = 30


class Bounded(Paginator[Any]):
    """A paginator that counts so far and no further: nobody turns three hundred pages."""

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        """How many rows there are, at most ``MOST``."""
        rows = self.object_list
        assert isinstance(rows, QuerySet)  # noqa: S101 - what page_of gives it
        return rows.order_by().values("pk")[: self.MOST].count()

    @property
    def is_full(self) -> bool:
        """Whether there may be more rows than were counted."""
        return self.count == self.MOST


def page_of(request: HttpRequest, rows: "QuerySet[M]") -> "Page[M]":
    """Return the page asked for; a number out of range gives the nearest page."""
    return Paginator(rows, SIZE).get_page(request.GET.get("page"))


def bounded_page_of(request: HttpRequest, rows: "QuerySet[M]") -> "Page[M]":
    """Return the page asked for of a list that may have a million rows."""
    return Bounded(rows, SIZE).get_page(request.GET.get("page"))


def page_in(request: HttpRequest, rows: Sequence[T]) -> "Page[T]":
    """Return the page asked for of a list that was computed."""
    return Paginator(rows, SIZE).get_page(request.GET.get("page"))
