"""The clocks of policy questions, made of the limits that ``spokespersons.yaml`` promises.

The file of the spokespersons stays the only place that says how long an answer may take: one
clock a limit, running where the question was asked with that limit.
"""

from pathlib import Path
from typing import Any

from openzone.packs.sourced import Sourced
from openzone.packs.spokespersons import NAME, Limit, Scheme, load_spokespersons
from openzone.packs.typed import pack_file

PROMISED = "promised"
"""What a service pack names as its preset to have these clocks."""
FIELD = "limit"
_COLOURS = {"yellow": 0.5, "orange": 0.75, "red": 1.0}
_REMINDERS = [0.5, 1.0]


def promised_clocks(folder: Path | None) -> Sourced:
    """Return the clocks as a preset states them.

    Raises:
        PackError: with every problem of the file of the spokespersons.

    """
    scheme = load_spokespersons(folder).scheme
    clocks = {limit.id: _clock(limit, scheme) for limit in scheme.limits}
    place = str(pack_file(NAME, folder)), 1
    return Sourced({"clocks": clocks}, {(): place, ("clocks",): place})


def _clock(limit: Limit, scheme: Scheme) -> dict[str, Any]:
    clock: dict[str, Any] = {
        "label": {"zh": limit.label.zh, "en": limit.label.en},
        "limit": limit.clock.text.en,
        "starts": ["open"],
        "stops": ["reply"],
        "when": {FIELD: [limit.id]},
        "pausable": False,
        "redo": "restart",
        "colours": _COLOURS,
        "reminders": _REMINDERS,
        "source": {"zh": scheme.source.zh, "en": scheme.source.en, "region": scheme.region},
        "verified": scheme.verified,
    }
    if more := _more(limit, scheme):
        clock["extension"] = {"limit": more, "times": 1}
    return clock


def _more(limit: Limit, scheme: Scheme) -> str:
    """Return by how much a question may come under the longest limit of its scheme instead."""
    same = [one.clock for one in scheme.limits if one.clock.unit is limit.clock.unit]
    longest = max(same, key=lambda clock: clock.amount)
    if longest.amount == limit.clock.amount:
        return ""
    return type(longest)(longest.amount - limit.clock.amount, longest.unit).text.en
