"""Who an enterprise is: its names and codes, for one and for all."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import F, Q, QuerySet

from openzone.zone.registry.enums import NameKind
from openzone.zone.registry.models import Enterprise, EnterpriseName, Subject


def live() -> QuerySet[Enterprise]:
    """Return the enterprises that are not merged into another one.

    The condition has no index on purpose: by ``merged_into`` the first page of a list would cost
    as much as all of it.
    """
    return Enterprise.objects.filter(root=F("pk"))


def cluster(subject: Subject | Enterprise) -> QuerySet[Enterprise, int]:
    """Return the ids of the subjects that are read as one with this enterprise."""
    same = Enterprise.objects.filter(root__cluster=subject.pk).order_by("subject_id")
    return same.values_list("subject_id", flat=True)


def find_enterprise(identifier: str) -> Enterprise | None:
    """Return the enterprise with this own number, credit code, name or database number.

    One that was merged away leads to the one it is part of; a name that several have leads nowhere.
    """
    text = identifier.replace("\x00", "").strip()
    ways = [Q(external_id=text), Q(uscc=text.upper()), Q(name=text)]
    if text.isascii() and text.isdigit() and len(text) < _DIGITS:
        ways.append(Q(pk=int(text)))
    for way in ways:
        found = Enterprise.objects.filter(cluster__in=Enterprise.objects.filter(way)).distinct()
        if len(roots := list(found.order_by("pk")[:2])) == 1:
            return roots[0]
    return None


_DIGITS = 19  # more do not fit a database number


def names_of(enterprise: Enterprise) -> QuerySet[EnterpriseName]:
    """Return the recorded names of the enterprise and of all that were merged into it."""
    return EnterpriseName.objects.filter(enterprise__in=cluster(enterprise)).order_by("id")


def name_on(enterprise: Enterprise, day: dt.date) -> str:
    """Return the full name the enterprise had on a day."""
    return _names_on([enterprise], day)[enterprise.pk]


def identity_of(enterprise: Enterprise, day: dt.date) -> dict[str, str]:
    """Return the names and codes that are known, by fact name."""
    columns = identity_columns([enterprise.pk], day)
    return {name: value for name, (value,) in columns.items() if value is not None}


def identity_columns(ids: Sequence[int], day: dt.date) -> dict[str, list[str | None]]:
    """Return the names and codes of these enterprises as columns, ``None`` where there is none."""
    own = _by_id(ids)
    enterprises = [own[pk] for pk in ids]
    names, former = _names_on(enterprises, day), _former(enterprises)
    return {
        "id": [enterprise.identifier for enterprise in enterprises],
        "uscc": [enterprise.uscc for enterprise in enterprises],
        "name": [names[enterprise.pk] for enterprise in enterprises],
        "short_name": [enterprise.short_name or None for enterprise in enterprises],
        "former_name": [former.get(enterprise.pk) for enterprise in enterprises],
    }


# Beyond this, reading all enterprises is faster than naming them (and fits every engine's limit).
_MANY = 2_000


def _by_id(ids: Sequence[int]) -> dict[int, Enterprise]:
    everything = Enterprise.objects.defer("search_text").order_by("subject_id")
    return everything.in_bulk(ids) if len(ids) <= _MANY else everything.in_bulk()


def _recorded(enterprises: Sequence[Enterprise]) -> QuerySet[EnterpriseName]:
    former = EnterpriseName.objects.filter(kind=NameKind.FORMER)
    if len(enterprises) <= _MANY:
        former = former.filter(enterprise__in=[enterprise.pk for enterprise in enterprises])
    return former


def _names_on(enterprises: Sequence[Enterprise], day: dt.date) -> dict[int, str]:
    """Return the full names on a day: the former name whose end is nearest after it, if any."""
    names = {enterprise.pk: enterprise.name for enterprise in enterprises}
    old = _recorded(enterprises).filter(valid_to__gte=day).exclude(valid_from__gt=day)
    return names | _one_each(old.order_by("-valid_to", "-id"))


def _former(enterprises: Sequence[Enterprise]) -> dict[int, str]:
    return _one_each(_recorded(enterprises).order_by("id"))


def _one_each(names: Iterable[EnterpriseName]) -> dict[int, str]:
    """Return one name per enterprise, the last of them."""
    return {name.enterprise_id: name.name for name in names}
