"""What an enterprise promised with its land, beside what it is evaluated by."""

from openzone.zone.evaluations.models import Entrant
from openzone.zone.land.enums import StandardState
from openzone.zone.land.models import StandardLand
from openzone.zone.land.selectors.standards import Line, lines, loaded


def promises_of(entrant: Entrant) -> list[tuple[StandardLand, list[Line]]]:
    """Return the agreements of standard land in force, each with promises and what was reached."""
    if entrant.enterprise is None:
        return []
    found = StandardLand.objects.filter(
        enterprise__root=entrant.enterprise.root_id, state=StandardState.SIGNED
    )
    return [(one, lines(one)) for one in loaded(found)]
