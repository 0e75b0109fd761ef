"""Finding enterprises by whatever a person remembers of them."""

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.searchtext import terms
from openzone.zone.registry.selectors.identity import live


def search(query: str, within: QuerySet[Enterprise] | None = None) -> QuerySet[Enterprise]:
    """Return the enterprises that match every word of a query, the best first.

    Names (present, short, former), pinyin initials, full pinyin, codes and the address are searched
    for fragments. A whole name or code comes first, then a beginning, then the rest; shorter names
    before longer ones. An empty query finds everything in the order of the record.
    """
    found = live() if within is None else within
    words = terms(query)
    for word in words:
        found = found.filter(search_text__contains=word)
    if not words:
        return found.order_by("pk")
    return found.annotate(rank=_rank(words[0])).order_by("rank", Length("name"), "pk")


def _rank(word: str) -> Case:
    """Return 0 where the word is a whole line of the search text, 1 where it begins one, else 2."""
    return Case(
        When(search_text__contains=f"\n{word}\n", then=Value(0)),
        When(search_text__contains=f"\n{word}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
