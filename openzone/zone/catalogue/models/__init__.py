"""Public service items, their papers, the commitments they accept, and the regions they serve."""

from openzone.zone.catalogue.models.items import Acceptance, Material, ServiceItem
from openzone.zone.catalogue.models.regions import RegionOffer

__all__ = ["Acceptance", "Material", "RegionOffer", "ServiceItem"]
