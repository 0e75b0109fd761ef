"""Task forces, review meetings, obstacles on their ladder, calendar addresses."""

from openzone.zone.reviews.models.feeds import Feed
from openzone.zone.reviews.models.forces import ForceGroup, ForceMember, ForceProject, TaskForce
from openzone.zone.reviews.models.meetings import AgendaItem, Attendance, Decision, Meeting
from openzone.zone.reviews.models.obstacles import Climb, Obstacle

__all__ = [
    "AgendaItem",
    "Attendance",
    "Climb",
    "Decision",
    "Feed",
    "ForceGroup",
    "ForceMember",
    "ForceProject",
    "Meeting",
    "Obstacle",
    "TaskForce",
]
