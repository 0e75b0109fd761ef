"""Words for what the log calls by short names: approvals."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "approvals.asked": _("Track of approvals asked for"),
    "approvals.accepted": _("Track of approvals taken on"),
    "approvals.refused": _("Track of approvals not taken on"),
    "approvals.withdrawn": _("Track of approvals taken back"),
    "approvals.lapsed": _("Track of approvals lapsed without the land"),
    "approvals.finished": _("Track of approvals all issued"),
    "approvals.land_expected": _("Day of the land stated"),
    "approvals.land_obtained": _("Land obtained, contract and payment recorded"),
    "approvals.assigned": _("Approval given to a unit"),
    "approvals.paper_given": _("Paper of an approval given"),
    "approvals.handed_in": _("Approvals handed in"),
    "approvals.promised": _("Paper or approval promised for later"),
    "approvals.item_returned": _("Approval sent back"),
    "approvals.item_reviewed": _("Pre-review opinion given"),
    "approvals.item_issued": _("Approval issued"),
    "approvals.trip_recorded": _("Trip for an approval recorded"),
}
