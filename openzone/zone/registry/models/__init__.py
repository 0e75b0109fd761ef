"""The one dated record: subjects, places, people, facts, imports, merges."""

from openzone.zone.registry.models.facts import Fact, Source
from openzone.zone.registry.models.imports import ImportBatch, ImportRow
from openzone.zone.registry.models.merges import Merge
from openzone.zone.registry.models.people import EnterpriseStaff, PersonInCharge
from openzone.zone.registry.models.subjects import Enterprise, EnterpriseName, Place, Subject

__all__ = [
    "Enterprise",
    "EnterpriseName",
    "EnterpriseStaff",
    "Fact",
    "ImportBatch",
    "ImportRow",
    "Merge",
    "PersonInCharge",
    "Place",
    "Source",
    "Subject",
]
