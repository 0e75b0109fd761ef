"""A chain read on a day: the record of it, its report, and what the firms are called."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from openzone.engines.chains.comparison import STRONG, states
from openzone.engines.chains.gaps import Gap, GapKind
from openzone.engines.chains.model import Chain
from openzone.engines.chains.reasons import reason_of
from openzone.engines.chains.report import Report, report
from openzone.engines.chains.standing import At, Standing
from openzone.engines.text import Text
from openzone.zone.chains.enums import ChainRoleKind
from openzone.zone.chains.models import ChainRole
from openzone.zone.chains.selectors.outputs import outputs_on
from openzone.zone.chains.selectors.standing import OnRecord, holds_on, on_record
from openzone.zone.registry.models import Place
from openzone.zone.registry.selectors.enterprises import place_and_below


@dataclass(frozen=True)
class Reading:
    """What is read of a chain; a firm is called by its key, ``names`` says what it is called."""

    record: OnRecord
    report: Report
    names: Mapping[str, str]

    @property
    def chain(self) -> Chain:
        """The nodes and edges in force."""
        return self.record.chain

    @cached_property
    def state(self) -> Mapping[str, str]:
        """The state of each node: a kind of gap, or strong."""
        return states(self.report)

    @cached_property
    def gap_at(self) -> Mapping[str, Gap]:
        """The gap at each node that is one."""
        return {gap.node: gap for gap in self.report.gaps}

    @cached_property
    def told(self) -> Report:
        """The report with firms by their names in its reasons, for whoever draws it."""
        gaps = tuple(replace(gap, reason=self.why(gap)) for gap in self.report.gaps)
        return replace(self.report, gaps=gaps)

    def gaps(self, kind: GapKind) -> list[Gap]:
        """Return the gaps of a kind, the most pressing first."""
        return [gap for gap in self.report.gaps if gap.kind is kind]

    def why(self, gap: Gap) -> Text:
        """Return the reason of a gap, with firms by their names."""
        return reason_of(gap, self.record.standing, self.names)

    def firms_at(self, node: str) -> list[str]:
        """Return the keys of the firms at a node, each once."""
        return list(dict.fromkeys(one.firm for one in self.report.standing.firms.get(node, ())))

    def is_strong(self, node: str) -> bool:
        """Whether a node is there and is no gap."""
        return self.state[node] == STRONG


def read(
    chain: str, on: dt.date, known_at: dt.datetime | None = None, place: Place | None = None
) -> Reading:
    """Read a chain on a day as known at a moment; of one place with all that lies in it.

    Raises:
        PackError: there is no such chain.

    """
    record = on_record(chain, on, known_at)
    if place is not None:
        record = narrowed(record, place_and_below(place))
    known = outputs_on(chain, on, known_at)
    if not known:
        return reading_of(record)
    at = [
        one._replace(output=known.get((one.firm, one.node))) for one in record.standing.placements
    ]
    standing = Standing.of(record.chain, at)
    return reading_of(replace(record, standing=standing))


def reading_of(record: OnRecord) -> Reading:
    """Read what is on record."""
    names = {key: firm.name for key, firm in record.firms.items()}
    return Reading(record, report(record.standing), names)


def narrowed(record: OnRecord, places: Collection[int]) -> OnRecord:
    """Return the record of the firms in some places."""
    firms = {key: firm for key, firm in record.firms.items() if firm.place_id in places}
    at: Iterable[At] = (one for one in record.standing.placements if one.firm in firms)
    kept = {pair: row for pair, row in record.placements.items() if pair[0] in firms}
    return replace(record, standing=Standing.of(record.chain, at), firms=firms, placements=kept)


def roles_on(chain: str, on: dt.date) -> dict[str, list[ChainRole]]:
    """Return the roles that hold on a day, by the key of the firm, leaders first."""
    found: dict[str, list[ChainRole]] = {}
    rows = (
        ChainRole.objects.filter(holds_on(on), chain=chain, withdrawn_at=None)
        .select_related("enterprise", "leader")
        .order_by("kind", "pk")
    )
    for row in rows:
        found.setdefault(str(row.enterprise.root_id), []).append(row)
    return found


def leaders(roles: Mapping[str, list[ChainRole]]) -> list[str]:
    """Return the keys of the chain leaders."""
    return [
        firm
        for firm, held in roles.items()
        if any(one.kind == ChainRoleKind.LEADER for one in held)
    ]
