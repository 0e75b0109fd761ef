"""Words for what the log calls by short names: who stands where in the chains."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "chains.run.begun": _("Reading of firms asked for"),
    "chains.run.chain": _("Firms read against a chain"),
    "chains.run.finished": _("Reading of firms finished"),
    "chains.proposal.confirmed": _("Proposal where a firm stands confirmed"),
    "chains.proposal.confirmed_clear": _("Clear proposals confirmed at once"),
    "chains.proposal.rejected": _("Proposal where a firm stands rejected"),
    "chains.proposal.reopened": _("Decision about a proposal undone"),
    "chains.placement.placed": _("Firm placed in chains"),
    "chains.placement.corrected": _("Placement put right"),
    "chains.placement.ended": _("Placement ended"),
    "chains.placement.undone": _("Change of a placement undone"),
    "chains.role.leader": _("Chain leader named"),
    "chains.role.supporting": _("Supporting firm recorded"),
    "chains.role.ended": _("Role in a chain ended"),
    "chains.role.withdrawn": _("Role in a chain taken back"),
    "chains.role.brought": _("Recorded whom a leader brought"),
    "chains.figure.recorded": _("Figure of a link recorded"),
    "chains.figure.withdrawn": _("Figure of a link taken back"),
    "chains.sheet.checked": _("Workbook of chains checked"),
    "chains.sheet.applied": _("Workbook of chains entered"),
    "chains.sheet.discarded": _("Workbook of chains put aside"),
    "chains.sheet.undone": _("Workbook of chains undone"),
}
