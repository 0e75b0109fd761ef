"""The made-up policies of the demo zone, as their pack states them."""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from openzone.engines.facts.catalogue import Bilingual
from openzone.zone.policies.enums import DeliveryMode, ItemKind, Level

FOLDER = Path(__file__).parents[1] / "packs" / "demo" / "policies"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IssuerSpec(_Entry):
    """A unit of the zone, or somebody outside it by name."""

    unit: str = ""
    name: str = ""
    leads: bool = False


class PaperSpec(_Entry):
    """A paper an application needs, and the fact that makes it unnecessary."""

    name: str
    series: str = ""


class ItemSpec(_Entry):
    """One item; its window is given as month and day, and holds every year."""

    code: str
    title: Bilingual
    clause: str
    kind: ItemKind
    mode: DeliveryMode
    owner: str
    rule: str = ""
    budget: str = ""
    window: tuple[str, str] | None = None
    materials: tuple[PaperSpec, ...] = ()

    def days(self, year: int) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and the last day of the window in a year."""
        if self.window is None:
            return None, None
        first, last = (dt.date.fromisoformat(f"{year}-{day}") for day in self.window)
        return first, last


class DocumentSpec(_Entry):
    """One document with its items."""

    code: str
    title: Bilingual
    number: str
    level: Level
    category: str
    issued_on: dt.date
    adopted_on: dt.date | None = None
    effective_from: dt.date
    effective_to: dt.date | None
    supersedes: str = ""
    issuers: tuple[IssuerSpec, ...]
    items: tuple[ItemSpec, ...]


class Budget(_Entry):
    """An account the items are paid from, and what was put on it, in yuan."""

    code: str
    name: str
    appropriated: int


class PolicyPack(_Entry):
    """Everything the pack states beside the rules and relations."""

    budgets: tuple[Budget, ...]
    documents: tuple[DocumentSpec, ...]


@cache
def policy_pack() -> PolicyPack:
    """Read the documents of the demo zone."""
    text = (FOLDER / "documents.yaml").read_text(encoding="utf-8")
    return PolicyPack.model_validate(yaml.safe_load(text))
