"""Words for what the log calls by short names: reading of pages."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "readings.page.brought": _("Page brought in"),
    "readings.page.read": _("Page read"),
    "readings.page.failed": _("Page could not be read"),
    "readings.page.retried": _("Page read once more"),
    "readings.fact.accepted": _("Fact of a page accepted"),
    "readings.fact.rejected": _("Fact of a page rejected"),
    "readings.fact.corrected": _("Fact of a page corrected"),
    "readings.fact.linked": _("Fact of a page linked to the record"),
    "readings.fact.noted": _("Note beside a fact of a page"),
    "readings.fact.undone": _("Judgement of a fact taken back"),
    "readings.fact.added": _("Fact of a page added"),
    "readings.facts.entered": _("Facts of a page entered in the record"),
    "readings.help.asked": _("Article sent to a language model"),
    "readings.help.answered": _("Language model answered"),
    "readings.help.failed": _("Language model gave no usable answer"),
}
