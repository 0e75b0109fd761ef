"""Words for what the log calls by short names: whom to invite into a chain."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "chains.candidates.checked": _("List of outside firms checked"),
    "chains.candidates.applied": _("List of outside firms entered"),
    "chains.candidates.discarded": _("List of outside firms discarded"),
    "chains.candidates.undone": _("List of outside firms taken back"),
    "chains.candidate.lead": _("Candidate made a lead"),
    "chains.candidate.trip": _("Trip planned from candidates"),
    "chains.weights.adopted": _("Weights of candidates adopted"),
}
