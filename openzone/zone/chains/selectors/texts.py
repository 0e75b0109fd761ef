"""What the record says about firms that a chain can be read from."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from openzone.engines.chains.placing import Firm, Placer
from openzone.engines.chains.products import products_of
from openzone.packs.loading import zone_folder
from openzone.zone.audit.models import Event
from openzone.zone.chains.models import PlacingRun
from openzone.zone.chains.selectors.versions import pack_on, release_on
from openzone.zone.registry.models import Enterprise, Fact
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.registry.selectors.identity import live

READ = ("products", "business_scope", "industry")
"""The facts a firm is placed by, beside its name."""


class Read(NamedTuple):
    """A firm of the record with its texts."""

    enterprise: int
    firm: Firm


def firms_on(on: dt.date, enterprises: Sequence[int] | None = None) -> list[Read]:
    """Return the texts of firms as they are known on a day; all firms unless named."""
    found = columns(on, ["name", *READ], enterprises)
    values = zip(*(found.values[name] for name in ("name", *READ)), strict=True)
    return [Read(pk, _firm(pk, *row)) for pk, row in zip(found.enterprises, values, strict=True)]


def _firm(pk: int, name: object, products: object, scope: object, industry: object) -> Firm:
    industries = (str(industry),) if industry else ()
    products_said = products_of(str(products or ""))
    return Firm(str(name or ""), products_said, str(scope or ""), industries, str(pk))


def placer_on(chain: str, on: dt.date) -> Placer:
    """Return what reads firms against a chain as it is in force on a day."""
    pack = pack_on(chain, on)
    return Placer(pack.as_chain, pack.manner(zone_folder()))


def version_on(chain: str, on: dt.date) -> int:
    """Return the number of the release in force; 0 for the packs' file."""
    release = release_on(chain, on)
    return release.number if release else 0


def last_run(chain: str) -> PlacingRun | None:
    """Return the last reading of all firms against a chain that came to its end."""
    for run in PlacingRun.objects.filter(finished_at__isnull=False, firms__isnull=True)[:100]:
        if chain in run.results:
            return run
    return None


def changed_since(run: PlacingRun) -> set[int]:
    """Return the firms whose texts, names or merges changed after a reading, and the new ones."""
    stated = Fact.objects.filter(series__in=READ, recorded_at__gte=run.asked_at)
    subjects = set(stated.values_list("subject_id", flat=True))
    told = Event.objects.filter(
        at__gte=run.asked_at, action__startswith="registry.enterprise.",
        subject__startswith="enterprise:",
    )  # fmt: skip
    subjects |= {int(name.partition(":")[2]) for name in told.values_list("subject", flat=True)}
    came = Enterprise.objects.filter(pk__gt=run.upto).values_list("pk", flat=True)
    roots = Enterprise.objects.order_by("pk").values_list("pk", "root_id")
    return {root for pk, root in roots if pk in subjects} | set(came)


def to_read(run: PlacingRun, chain: str) -> set[int] | None:
    """Return which firms a reading asks; None: all. A new version of the chain asks all again."""
    if run.firms is not None:
        return set(run.firms)
    last = last_run(chain) if run.only_changed else None
    if last is None or last.results[chain].get("version") != version_on(chain, run.as_of):
        return None
    return changed_since(last)


def last_enterprise() -> int:
    """Return the number of the last enterprise there is."""
    return live().order_by("-pk").values_list("pk", flat=True).first() or 0
