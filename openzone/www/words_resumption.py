"""Words for what the log calls by short names: resumption of work."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "resumption.season.opened": _("Season of resumption opened"),
    "resumption.season.closed": _("Season of resumption closed"),
    "resumption.member.enrolled": _("Put on the roster of resumption"),
    "resumption.member.withdrawn": _("Taken off the roster of resumption"),
    "resumption.member.unplanned": _("Not planning to resume"),
    "resumption.member.planned": _("Planning to resume after all"),
    "resumption.reported": _("Daily report of work"),
    "resumption.inspected": _("Inspection of work"),
    "resumption.base.set": _("Base month of electricity set"),
    "resumption.power.read": _("Electricity of a day read in"),
    "resumption.blocker.named": _("Blocker of work named"),
    "resumption.blocker.raised": _("Blocker of work became a request"),
    "resumption.blocker.ended": _("Blocker of work ended"),
    "resumption.reminded": _("Reminded to report on work"),
    "resumption.book.checked": _("Workbook of resumption checked"),
    "resumption.book.applied": _("Workbook of resumption entered"),
    "resumption.book.discarded": _("Workbook of resumption discarded"),
}
