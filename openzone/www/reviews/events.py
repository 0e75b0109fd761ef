"""What the log of graded review says."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "reviews.force.set_up": _("Task force set up"),
    "reviews.force.group_added": _("Working group added"),
    "reviews.force.member_joined": _("Somebody joined a task force"),
    "reviews.force.member_left": _("Somebody left a task force"),
    "reviews.force.project_given": _("Project given to a task force"),
    "reviews.force.project_taken": _("Project taken from a task force"),
    "reviews.force.ended": _("Task force ended"),
    "reviews.meeting.planned": _("Review meetings planned"),
    "reviews.meeting.prepared": _("Agenda made"),
    "reviews.meeting.moved": _("Review meeting moved"),
    "reviews.meeting.cancelled": _("Review meeting cancelled"),
    "reviews.meeting.held": _("Review meeting recorded"),
    "reviews.meeting.decided": _("Decided in a review meeting"),
    "reviews.obstacle.raised": _("Obstacle raised"),
    "reviews.feed.made": _("Calendar address made"),
    "reviews.feed.revoked": _("Calendar address revoked"),
}
