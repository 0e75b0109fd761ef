"""How this zone runs evaluations, read once per process."""

from functools import cache

from openzone.engines.rules.problems import PackError
from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.packs.calendars import own_files, zone_calendar
from openzone.packs.evaluations import EvaluationsPack, load_evaluations
from openzone.packs.loading import zone_folder
from openzone.packs.scoring import ScoringPack, scoring_files, scoring_pack
from openzone.zone.errors import Refused

NO_SCHEME = Text("没有评价办法“{name}”", "there is no scheme “{name}”")


@cache
def pack() -> EvaluationsPack:
    """Return who enters what, what rules somebody out, how long one may object."""
    return load_evaluations(zone_folder())


@cache
def calendar() -> WorkCalendar:
    """Return the zone's working calendar."""
    return zone_calendar(own_files(zone_folder()))


@cache
def schemes() -> tuple[ScoringPack, ...]:
    """Return the schemes an evaluation can be opened by."""
    folder = zone_folder()
    return tuple(scoring_pack(name, folder) for name in scoring_files(folder))


def scheme_named(name: str) -> ScoringPack:
    """Return a scheme, or refuse."""
    if name not in scoring_files(zone_folder()):
        raise Refused(NO_SCHEME.format(name=name), field="scheme")
    try:
        return scoring_pack(name, zone_folder())
    except PackError:
        raise Refused(NO_SCHEME.format(name=name), field="scheme") from None
