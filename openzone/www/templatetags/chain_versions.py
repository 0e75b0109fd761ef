"""Words of relations and needs of edges."""

from django import template

from openzone.www.words_chains_versions import NEEDS, RELATIONS

register = template.Library()


@register.filter
def chain_word(name: str) -> str:
    """Return what a relation or a need is called; what is no such word stays as it is."""
    return str(RELATIONS.get(name) or NEEDS.get(name) or name)
