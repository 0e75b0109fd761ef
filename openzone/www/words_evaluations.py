"""Words for what the log calls by short names: evaluations of enterprises."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "evaluations.cycle.opened": _("Evaluation of enterprises opened"),
    "evaluations.column.assigned": _("Column of data given to a unit"),
    "evaluations.entrant.added": _("Somebody added to an evaluation"),
    "evaluations.entrant.placed": _("Parcel or landlord of somebody evaluated stated"),
    "evaluations.entrant.dropped": _("One of those evaluated taken out"),
    "evaluations.cell.entered": _("Figure of an evaluation entered"),
    "evaluations.record.gathered": _("Evaluation filled in from the record"),
    "evaluations.ruling.made": _("Decision about somebody evaluated"),
    "evaluations.ruling.lifted": _("Decision about somebody evaluated lifted"),
    "evaluations.sheet.checked": _("Workbook of evaluation data checked"),
    "evaluations.sheet.applied": _("Workbook of evaluation data entered"),
    "evaluations.sheet.discarded": _("Workbook of evaluation data discarded"),
    "evaluations.reviewer.named": _("Reviewer named"),
    "evaluations.marks.saved": _("Marks of a reviewer kept"),
    "evaluations.marks.locked": _("Marks of a reviewer locked"),
    "evaluations.areas.posted": _("Land areas posted"),
    "evaluations.data.locked": _("Data of an evaluation locked"),
    "evaluations.data.returned": _("Data of an evaluation opened again"),
    "evaluations.list.published": _("Preliminary list published"),
    "evaluations.list.final": _("List of an evaluation made final"),
    "evaluations.protest.made": _("Objection to an evaluation made"),
    "evaluations.protest.answered": _("Objection to an evaluation answered"),
    "evaluations.reminded": _("Those evaluated reminded"),
}
