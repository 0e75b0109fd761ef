"""Words of boards of figures: lights with their shapes, where figures come from, the log."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.engines.series.standing import Light
from openzone.zone.indicators.selectors.boards_parks import From


class LightWord(NamedTuple):
    """A light in words, its shape, and the class of its chip."""

    word: Promise
    shape: str
    chip: str


LIGHTS: Final[Mapping[Light, LightWord]] = {
    Light.FAR_BEHIND: LightWord(_("Far behind"), "▼", "chip-old"),
    Light.BEHIND: LightWord(_("Behind"), "◆", "chip-warn"),
    Light.SHORT: LightWord(_("Level not reached"), "◇", "chip-warn"),
    Light.UNKNOWN: LightWord(_("No figure"), "?", ""),
    Light.ON_TIME: LightWord(_("In step"), "●", "chip-now"),
    Light.DONE: LightWord(_("Target reached"), "★", "chip-now"),
    Light.NO_TARGET: LightWord(_("No target"), "○", ""),
}
FROM: Final[Mapping[From, Promise]] = {
    From.REPORTED: _("reported"),
    From.ROLLED: _("sum of reports"),
    From.SUPPRESSED: _("suppressed: fewer than three firms would show"),
    From.MISSING: _("missing"),
}
STATES: Final[Mapping[str, tuple[Promise, str]]] = {
    "same": (_("Same"), ""),
    "changed": (_("Changed"), "chip-warn"),
    "new": (_("New"), "chip-now"),
    "gone": (_("Gone"), "chip-old"),
}
DERIVED: Final[Mapping[str, Promise]] = {
    "completion": _("Completion"),
    "time_progress": _("Time progress"),
    "seasonal_progress": _("Usual progress by then"),
    "gap": _("Ahead of time by"),
    "seasonal_gap": _("Ahead of the usual season by"),
    "over_half": _("Over half"),
    "pace": _("Average month so far"),
    "required_per_month": _("Needed each month left"),
    "forecast_year": _("Forecast of the year"),
    "supposed_year": _("If every month left brings so much"),
    "growth": _("Growth as published"),
    "level_growth": _("Growth of levels"),
    "month": _("Month, from cumulative figures"),
}
ACTIONS: Final = {
    "indicators.target.set": _("Target of a figure set"),
    "indicators.target.withdrawn": _("Target of a figure withdrawn"),
    "indicators.meeting_pack.made": _("Meeting pack made"),
}
