"""What a paper, a hand-over or a proof belongs to: an order, or a filing."""

from openzone.zone.community.models import Filing, HandOver, Order, Paper, Proof


def owner(of: Order | Filing) -> dict[str, Order | Filing]:
    """Return what a row belongs to, by its field."""
    return {"order" if isinstance(of, Order) else "filing": of}


def owner_of(row: Paper | HandOver | Proof) -> Order | Filing:
    """Return the order or the filing a row belongs to."""
    found = row.order or row.filing
    if found is None:
        raise ValueError("papers belong to an order or a filing")
    return found


def subject(of: Order | Filing) -> str:
    """Return how the log calls it."""
    return f"{'order' if isinstance(of, Order) else 'filing'}:{of.pk}"
