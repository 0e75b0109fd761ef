"""How pages write where a firm stands."""

from decimal import Decimal
from typing import Any

from django.template import Library

from openzone.www.formats import number
from openzone.www.views.chains.placing_common import Names

register = Library()


@register.filter
def at(row: Any, names: Names) -> str:
    """Write the chain and the link of a row."""
    return names.both(row.chain, row.node)


@register.filter
def link(row: Any, names: Names) -> str:
    """Write the link of a row, where the chain is known."""
    return names.node(row.chain, row.node)


@register.filter
def of_chain(row: Any, names: Names) -> str:
    """Write the chain of a row."""
    return names.chain(row.chain)


@register.filter
def named(key: tuple[str, str], names: Names) -> str:
    """Write the link of a chain and node."""
    return names.node(*key)


@register.filter
def percents(share: Decimal | float | None) -> str:
    """Write a share in per cent, two places at most."""
    return "—" if share is None else f"{number(Decimal(str(share)) * 100, 2)}%"


@register.filter
def sent_to(sent: Any, name: str) -> str:
    """Return what was sent under a name, where a form is shown again."""
    return str(sent.get(name, "")) if sent else ""
