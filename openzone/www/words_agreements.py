"""Words for what the log calls by short names: agreements."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "agreements.drafted": _("Agreement drafted"),
    "agreements.amendment_drafted": _("Amendment drafted"),
    "agreements.promise_added": _("Promise put into a draft"),
    "agreements.promise_dropped": _("Promise taken out of a draft"),
    "agreements.discarded": _("Draft agreement discarded"),
    "agreements.signed": _("Agreement signed"),
    "agreements.ended": _("Agreement ended"),
    "agreements.incentive_proposed": _("Incentive proposed"),
    "agreements.incentive_reviewed": _("Incentive reviewed for fair competition"),
    "agreements.fulfilment_reported": _("Fulfilment of a promise reported"),
    "agreements.fulfilment_answered": _("Fulfilment of a promise answered"),
}
