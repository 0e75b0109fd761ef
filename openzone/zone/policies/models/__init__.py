"""The policy library."""

from openzone.zone.policies.models.documents import Document, DocumentIssuer
from openzone.zone.policies.models.items import Item, Material

__all__ = ["Document", "DocumentIssuer", "Item", "Material"]
