"""What enterprises want to be told: the last word for a channel and kind, else for the channel."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from openzone.zone.outreach.enums import Channel, SkipReason
from openzone.zone.outreach.models import Preference
from openzone.zone.policies.enums import ItemKind
from openzone.zone.registry.models import Enterprise

# Shown on the site unless refused; telephoned only with consent.
WITHOUT_A_WORD: Mapping[str, bool] = {Channel.SITE: True, Channel.PHONE: False}
REFUSED: Mapping[str, SkipReason] = {
    Channel.SITE: SkipReason.OPTED_OUT,
    Channel.PHONE: SkipReason.NO_CONSENT,
}


class Choice(NamedTuple):
    """One line of the page where an enterprise chooses."""

    channel: Channel
    kind: str
    wanted: bool


def wants(channel: str, kind: str, enterprises: Iterable[int]) -> dict[int, bool]:
    """Return whether each enterprise (by root) wants items of a kind by a channel."""
    said: dict[tuple[int, str], bool] = {}
    words = Preference.objects.filter(
        channel=channel, kind__in=("", kind), enterprise__root__in=list(enterprises)
    )
    for root, about, wanted in words.values_list("enterprise__root", "kind", "wanted"):
        said[root, about] = wanted
    default = WITHOUT_A_WORD[channel]
    return {
        root: said.get((root, kind), said.get((root, ""), default)) for root in set(enterprises)
    }


def choices(enterprise: Enterprise) -> list[Choice]:
    """Return what an enterprise has chosen, for every channel and kind."""
    root = enterprise.root_id
    return [
        Choice(channel, kind, wants(channel, kind, [root])[root])
        for channel in Channel
        for kind in ItemKind.values
    ]
