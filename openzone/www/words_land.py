"""Words for what the log calls by short names: land."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "land.parcel.created": _("Parcel recorded"),
    "land.parcel.changed": _("Parcel described anew"),
    "land.parcel.entered": _("Parcel came to a state"),
    "land.parcel.step_voided": _("Step of a parcel taken back"),
    "land.parcel.linked": _("Project put on a parcel"),
    "land.parcel.unlinked": _("Project taken off a parcel"),
    "land.sale.announced": _("Parcel offered"),
    "land.sale.concluded": _("Offer of a parcel ended"),
    "land.contract.signed": _("Land contract recorded"),
    "land.contract.ended": _("Land contract ended"),
    "land.site.reported": _("Work on a parcel reported"),
    "land.delivery.set": _("Delivery of net land set"),
    "land.delivery.handed_over": _("Net land handed over"),
    "land.delivery.moved": _("Delivery of net land moved"),
    "land.delivery.given_up": _("Delivery of net land given up"),
    "land.delivery.blocked": _("Obstacle of a delivery raised"),
    "land.standard.drafted": _("Promises of standard land drafted"),
    "land.standard.promised": _("Promises of standard land changed"),
    "land.standard.signed": _("Promises of standard land signed"),
    "land.standard.discarded": _("Draft of standard land discarded"),
    "land.standard.ended": _("Agreement of standard land ended"),
    "land.standard.checked": _("Standard land checked"),
    "land.standard.obliged": _("Missed promise of standard land became a case"),
    "land.sheet.checked": _("Workbook of parcels checked"),
    "land.sheet.applied": _("Workbook of parcels entered"),
    "land.sheet.discarded": _("Workbook of parcels put aside"),
}
