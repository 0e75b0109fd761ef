"""Words for what the log calls by short names: supply matching."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "supply.entry.published": _("Need or offer published"),
    "supply.entry.changed": _("Need or offer described anew"),
    "supply.entry.closed": _("Need or offer closed"),
    "supply.entry.expired": _("Needs and offers ended"),
    "supply.invitation.sent": _("Invitation sent"),
    "supply.invitation.accepted": _("Invitation accepted"),
    "supply.invitation.declined": _("Invitation declined"),
    "supply.invitation.expired": _("Invitation not answered in time"),
    "supply.invitation.met": _("Firms met"),
    "supply.invitation.deal": _("Deal recorded"),
    "supply.invitation.none": _("No deal recorded"),
    "supply.invitation.reminded": _("Firms reminded of invitations"),
    "supply.event.planned": _("Matchmaking event planned"),
    "supply.event.invited": _("Firms invited to a matchmaking event"),
    "supply.sheet.checked": _("Workbook of needs and offers checked"),
    "supply.sheet.applied": _("Workbook of needs and offers entered"),
    "supply.sheet.discarded": _("Workbook of needs and offers discarded"),
}
