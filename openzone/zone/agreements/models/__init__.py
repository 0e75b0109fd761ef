"""Agreements of investor and zone, their promises, and the reviews incentives stand on."""

from openzone.zone.agreements.models.agreements import Agreement, Clause
from openzone.zone.agreements.models.fulfilments import Answer, Fulfilment
from openzone.zone.agreements.models.incentives import FairReview, Incentive

__all__ = ["Agreement", "Answer", "Clause", "FairReview", "Fulfilment", "Incentive"]
