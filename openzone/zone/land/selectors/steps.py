"""The log of a parcel without its mistakes."""

from collections.abc import Iterable

from openzone.zone.land.enums import StepKind
from openzone.zone.land.models import ParcelStep


def standing_steps(log: Iterable[ParcelStep]) -> list[ParcelStep]:
    """Return the steps that stand: a step taken back as a mistake takes the one before with it."""
    left: list[ParcelStep] = []
    for step in log:
        if step.kind == StepKind.VOIDED:
            left = left[:-1]
        else:
            left.append(step)
    return left
