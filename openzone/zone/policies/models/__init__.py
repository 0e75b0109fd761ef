"""The policy library."""

from openzone.zone.policies.models.changes import Change
from openzone.zone.policies.models.documents import Document, DocumentIssuer
from openzone.zone.policies.models.items import Item, Material
from openzone.zone.policies.models.meaning import Answer, Interpretation, Reviewed
from openzone.zone.policies.models.media import Media
from openzone.zone.policies.models.tasks import DocumentTask
from openzone.zone.policies.models.work import Compendium, LibraryImport, LinkCheck

__all__ = [
    "Answer",
    "Change",
    "Compendium",
    "Document",
    "DocumentIssuer",
    "DocumentTask",
    "Interpretation",
    "Item",
    "LibraryImport",
    "LinkCheck",
    "Material",
    "Media",
    "Reviewed",
]
