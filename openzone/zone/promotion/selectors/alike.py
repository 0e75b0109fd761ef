"""Who on record may be the investor somebody is about to record, and who has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from openzone.engines.identity.uscc import InvalidCreditCode, parse
from openzone.engines.projects.investors import Keys, Likeness, alike, keys
from openzone.engines.text import Text
from openzone.zone.promotion.enums import OPEN
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.packs import splitter

_MOST = 50
NOBODY = Text("尚无单位跟进", "nobody follows it yet")


@dataclass(frozen=True, slots=True)
class Found:
    """An investor who may be the one, why, and its open leads."""

    investor: Investor
    likeness: Likeness
    leads: tuple[Lead, ...]


def keys_of(name: str, group: str = "", code: str | None = None) -> Keys:
    """Return what an investor is compared by; a code that is none is left out."""
    return keys(splitter(), name, group, _code(code))


def alike_investors(asked: Keys, *, but: Investor | None = None) -> list[Found]:
    """Return who may be the same, the likeliest first, each with the open leads of all it is.

    Who was merged is found too, as the investor it is read as. ``but``: not this one.
    """
    near = _near(asked)
    if but is not None and but.pk:
        near = near.exclude(pk__in=whole(but).values("pk"))
    by_pk = {one.pk: one for one in near.select_related("root")[:_MOST]}
    best: dict[int, Likeness] = {}
    for one in alike(asked, [(pk, stored_keys(row)) for pk, row in by_pk.items()]):
        best.setdefault(root_of(by_pk[one.id]), one)
    found = {root: by_pk[one.id].root or by_pk[one.id] for root, one in best.items()}
    leads = open_leads(found.values())
    return [
        Found(found[root], one, tuple(x for x in leads if root_of(x.investor) == root))
        for root, one in best.items()
    ]


def open_leads(investors: Iterable[Investor]) -> list[Lead]:
    """Return the open leads of investors, and of all that were merged with them."""
    roots = {root_of(one) for one in investors}
    found = Lead.objects.filter(Q(investor__in=roots) | Q(investor__root__in=roots), state__in=OPEN)
    return list(found.select_related("investor", "adviser", "unit").order_by("pk"))


def leads_of(investor: Investor) -> QuerySet[Lead]:
    """Return every lead of an investor, and of all that were merged with it."""
    root = root_of(investor)
    return Lead.objects.filter(Q(investor=root) | Q(investor__root=root))


def whole(investor: Investor) -> QuerySet[Investor]:
    """Return an investor and all that were merged with it."""
    root = root_of(investor)
    return Investor.objects.filter(Q(pk=root) | Q(root=root))


def stored_keys(investor: Investor) -> Keys:
    """Return the keys as they stand in the record."""
    code = investor.uscc or ""
    return Keys(code, investor.alike, investor.core, investor.group_alike)


def root_of(investor: Investor) -> int:
    """Return the id of what an investor is read as."""
    return investor.root_id or investor.pk


def same(one: Investor, other: Investor) -> bool:
    """Whether two rows are read as one investor."""
    return root_of(one) == root_of(other)


def who_has(lead: Lead) -> Text:
    """Return who follows a lead, in words: the adviser and the unit."""
    people = "，".join(str(one) for one in (lead.unit, lead.adviser) if one is not None)
    return Text(people, people) if people else NOBODY


def _near(asked: Keys) -> QuerySet[Investor]:
    wanted = Q(pk__in=[])
    columns = (("uscc", asked.code), ("alike", asked.name), ("core", asked.core),
               ("group_alike", asked.group))  # fmt: skip
    for column, value in columns:
        if value:
            wanted |= Q(**{column: value})
    return Investor.objects.filter(wanted).order_by("pk")


def _code(text: str | None) -> str | None:
    try:
        return parse(text).code if text else None
    except InvalidCreditCode:
        return None
