"""Words for what the log calls by short names: targets and evaluations."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "performance.target_set": _("Target set"),
    "performance.target_changed": _("Target changed"),
    "performance.target_withdrawn": _("Target withdrawn"),
    "performance.completion_reported": _("Completion of a target reported"),
    "performance.completion_answered": _("Completion of a target answered"),
    "performance.round_opened": _("Evaluation opened"),
    "performance.participant_added": _("Somebody put into an evaluation"),
    "performance.participant_dropped": _("Somebody taken out of an evaluation"),
    "performance.round_closed": _("Scores fixed"),
    "performance.round_confirmed": _("Result confirmed"),
    "performance.round_returned": _("Result sent back"),
    "performance.round_final": _("Result final"),
    "performance.scores_read": _("Scores of others looked at"),
    "performance.objection_made": _("Objection to a score"),
    "performance.objection_answered": _("Objection to a score answered"),
}
