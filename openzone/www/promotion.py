"""Words of promotion that several pages need."""

from django.utils.translation import gettext as _

from openzone.zone.promotion.selectors.alike import Found


def reasons(found: Found) -> str:
    """Return why an investor may be the same, in words."""
    words = {
        "code": _("the same credit code"), "name": _("the same name"),
        "brand": _("the same brand and trade"), "group": _("the same group"),
    }  # fmt: skip
    said = [words[one] for one in found.likeness.why]
    return "、".join([*said, _("but another credit code")] if found.likeness.other_code else said)
