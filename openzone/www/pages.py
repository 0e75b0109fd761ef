"""Cutting a long list into pages."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
SIZE = 30


def page_of(request: HttpRequest, rows: "QuerySet[M]") -> "Page[M]":
    """Return the page asked for; a number out of range gives the nearest page."""
    return Paginator(rows, SIZE).get_page(request.GET.get("page"))
