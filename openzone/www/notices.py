"""The page a notice is about."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.http import urlencode

from openzone.zone.cases.models import Notification


def _page(name: str) -> Callable[[str], str]:
    return lambda number: reverse(name, args=[int(number)])


# By what a subject begins with, as the log names things; each is given what follows the colon.
PAGES: dict[str, Callable[[str], str]] = {
    "suggestion": _page("suggestion_original"),
    "resident": _page("resident"),
    "lead": _page("lead"),
    "track": _page("approval"),
    "invitation": _page("supply_invitation"),
    "water_campaign": _page("water_campaign"),
    "water_entry": _page("water_entry_by_number"),
    "cycle": _page("evaluation"),
    "entrant": _page("evaluation_entrant"),
    "figure_report": _page("report"),
    "report_round": _page("report_round"),
    "pool_entry": _page("cultivation_entry"),
    "resumption_member": _page("resumption_member"),
    "brief": lambda day: f"{reverse('brief')}?{urlencode({'last': day})}",
}


def href(notice: Notification, *, inside: bool) -> str:
    """Return the page a notice is about, empty where there is none.

    ``inside`` is whether the reader works for the zone: others read a case as their own matter.
    """
    if notice.case_id is not None:
        return reverse("case" if inside else "matter", args=[notice.case_id])
    name, _, rest = notice.subject.partition(":")
    return PAGES[name](rest) if name in PAGES else ""
