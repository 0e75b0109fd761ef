"""Another zone's firms in a chain, read as ours are."""

import datetime as dt

from django.db.models import QuerySet

from openzone.engines.chains.report import report
from openzone.engines.chains.standing import At, Standing
from openzone.zone.chains.models import PeerList
from openzone.zone.chains.selectors.reading import Reading
from openzone.zone.chains.selectors.standing import OnRecord
from openzone.zone.chains.selectors.versions import chain_on


def lists(chain: str = "") -> QuerySet[PeerList]:
    """Return the lists that hold, of one chain or of all, the latest source first."""
    found = PeerList.objects.filter(withdrawn_at=None).select_related("peer", "recorded_by")
    return found.filter(chain=chain) if chain else found


def read_peer(listing: PeerList, on: dt.date) -> Reading:
    """Read a list by the version of the chain in force on a day; a firm is called by its name."""
    chain = chain_on(listing.chain, on)
    rows = listing.placements.filter(node__in=chain.nodes)
    standing = Standing.of(chain, [At(row.firm, row.node) for row in rows])
    record = OnRecord(chain, on, standing, {}, {}, ())
    return Reading(record, report(standing), {name: name for name in standing.names})
