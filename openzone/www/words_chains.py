"""Words for what the log calls by short names: chains the zone works on, lists of other zones."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "chains.complexity.imported": _("Table of what places make read in"),
    "chains.complexity.withdrawn": _("Table of what places make taken back"),
    "chains.focus.chosen": _("Head of a chain named"),
    "chains.focus.ended": _("Chain worked on no longer"),
    "chains.peer.imported": _("List of another zone read in"),
    "chains.peer.withdrawn": _("List of another zone taken back"),
}
