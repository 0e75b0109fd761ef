"""Words for what the log calls by short names: reports of firms and parks."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "figures.round.opened": _("Round of reports opened"),
    "figures.round.closed": _("Round of reports closed"),
    "figures.rounds.looked_after": _("Rounds of reports looked after"),
    "figures.reports.looked_after": _("Reminders of reports looked after"),
    "figures.reports.reminded": _("Reporting units reminded"),
    "figures.report.added": _("Reporting unit added to a round"),
    "figures.report.excused": _("Reporting unit excused"),
    "figures.report.saved": _("Report kept as a draft"),
    "figures.report.sheet_read": _("Workbook of reports read in"),
    "figures.report.submitted": _("Report handed in"),
    "figures.report.returned": _("Report sent back by cell"),
    "figures.report.approved": _("Report approved and put on record"),
    "figures.report.correcting": _("Correction of a report begun"),
}
