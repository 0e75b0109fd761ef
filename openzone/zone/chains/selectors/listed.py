"""The rows of lists that speak of one firm, the latest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from openzone.zone.chains.models import CandidateFirm
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.permissions import Visitor
from openzone.zone.projects.selectors.merges import alike
from openzone.zone.promotion.models import Supplier
from openzone.zone.promotion.selectors.field import supplier_lists

_NONE = frozenset({"无风险", "未发现风险", "无往来", "no risk", "no ties"})
"""Tables read 无 as an empty cell, which says nothing; these words say that there is none."""


@dataclass
class Listed:
    """Where a firm is listed: in lists of outside firms, among the suppliers of leaders."""

    rows: list[CandidateFirm] = field(default_factory=list)
    supplies: list[Supplier] = field(default_factory=list)

    @property
    def every(self) -> list[CandidateFirm | Supplier]:
        """All rows."""
        return [*self.rows, *self.supplies]

    @property
    def name(self) -> str:
        """What the latest list calls it."""
        return self.every[0].name

    @property
    def names(self) -> set[str]:
        """Everything it is called."""
        return {one.name for one in self.every}

    @property
    def uscc(self) -> str:
        """Its credit code, where a list says it."""
        return next((one.uscc for one in self.every if one.uscc), "")

    def said(self, name: str) -> Any:
        """Return what the latest list of outside firms says that says anything."""
        return _first(self.rows, name)

    def supplied(self, name: str) -> Any:
        """Return what the latest list of suppliers says that says anything."""
        return _first(self.supplies, name)


def says_none(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    return text.strip().casefold() in _NONE


def listed_on(on: dt.date) -> Iterable[CandidateFirm]:
    """Return the rows of every list that was entered and not taken back."""
    rows = CandidateFirm.objects.filter(
        listing__state=SheetState.APPLIED, listing__as_of__lte=on
    ).select_related("listing", "enterprise")
    return rows.order_by("-listing__as_of", "-listing_id", "row")


def supplying(user: Visitor, on: dt.date) -> Iterable[Supplier]:
    """Return the suppliers of leaders in the lists somebody may see."""
    mine = supplier_lists(user, on).filter(as_of__lte=on).order_by()
    rows = Supplier.objects.filter(listing__in=mine.values("pk"))
    return rows.select_related("listing__enterprise", "lead").order_by("-listing__as_of", "pk")


def grouped(rows: Iterable[CandidateFirm], supplies: Iterable[Supplier]) -> dict[str, Listed]:
    """Return the rows of each firm, by its credit code or its name as names are compared.

    One credit code is one firm, whatever it is called; rows of one name are one firm unless their
    codes differ.
    """
    groups: dict[str, Listed] = {}
    by_name: dict[str, str] = {}
    for row in rows:
        groups.setdefault(_key(row, groups, by_name), Listed()).rows.append(row)
    for one in supplies:
        groups.setdefault(_key(one, groups, by_name), Listed()).supplies.append(one)
    return groups


def _key(row: CandidateFirm | Supplier, groups: dict[str, Listed], by_name: dict[str, str]) -> str:
    name = row.alike or alike(row.name)
    known = row.uscc if row.uscc in groups else by_name.get(name, "")
    if not known or (row.uscc and groups[known].uscc not in ("", row.uscc)):
        known = row.uscc or name
    by_name.setdefault(name, known)
    return known


def _first(rows: Iterable[object], name: str) -> Any:
    said = (getattr(row, name) for row in rows)
    return next((one for one in said if one is not None and one != ""), None)
