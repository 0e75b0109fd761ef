"""What merging two investors would mean; nothing is changed."""

from dataclasses import dataclass
from typing import Final

from openzone.zone.promotion.models import Contact, Investor
from openzone.zone.promotion.selectors.alike import leads_of, whole

COMPARED: Final = (
    "uscc", "name", "group", "enterprise", "country", "region", "origin", "business",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What two investors say, and what is read together afterwards.

    ``differs``: field, what it is called, what stays, what is said of the absorbed one. ``gaps``:
    what only the absorbed one says, to be carried over by hand.
    """

    survivor: Investor
    absorbed: Investor
    differs: tuple[tuple[str, str, str], ...]
    gaps: tuple[str, ...]
    leads: int
    people: int


def preview(survivor: Investor, absorbed: Investor) -> Preview:
    """Return what reading one investor as the other would mean."""
    rows = [(_label(name), _said(survivor, name), _said(absorbed, name), name) for name in COMPARED]
    differs = tuple((label, one, other) for label, one, other, _ in rows if one != other)
    gaps = tuple(label for label, one, other, _ in rows if other and not one)
    people = Contact.objects.filter(investor__in=whole(absorbed)).count()
    return Preview(survivor, absorbed, differs, gaps, leads_of(absorbed).count(), people)


def _label(name: str) -> str:
    return str(Investor._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(investor: Investor, name: str) -> str:
    if name == "origin":
        return str(investor.get_origin_display())
    return str(getattr(investor, name) or "")
