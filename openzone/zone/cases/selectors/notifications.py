"""What somebody was told in the program."""

from django.db.models import QuerySet

from openzone.zone.cases.models import Notification
from openzone.zone.people.models import User


def unread(user: User) -> int:
    """Return how many lines somebody has not read."""
    return Notification.objects.filter(user=user, read_at=None).count()


def lines(user: User) -> QuerySet[Notification]:
    """Return what somebody was told, the latest first."""
    return Notification.objects.filter(user=user).select_related("case").order_by("-pk")
