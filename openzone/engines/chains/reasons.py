"""Why a node is a gap, with the firms by their names and the nodes in both languages."""

from collections.abc import Iterable, Mapping

from openzone.engines.chains.gaps import AFTER, APART, BEFORE, BETWEEN, SINGLE, Gap, GapKind
from openzone.engines.chains.model import Chain
from openzone.engines.chains.standing import Standing
from openzone.engines.text import Text

_MISSING = {(True, True): BETWEEN, (True, False): BEFORE, (False, True): AFTER}


def reason_of(gap: Gap, standing: Standing, names: Mapping[str, str]) -> Text:
    """Return the reason of a gap; ``names`` says what a firm is called on paper."""
    if gap.kind is not GapKind.STRENGTHEN:
        return _missing(gap, standing.chain)
    firms = {one.firm for one in standing.firms.get(gap.node, ())}
    if len(firms) != 1:
        return gap.reason
    firm = firms.pop()
    return SINGLE.format(firm=names.get(firm, firm))


def joined(chain: Chain, nodes: Iterable[str]) -> Text:
    """Return the names of some nodes as one text."""
    names = [chain.nodes[one].name for one in nodes]
    return Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))


def _missing(gap: Gap, chain: Chain) -> Text:
    said = _MISSING.get((bool(gap.before), bool(gap.after)), APART)
    before, after = joined(chain, gap.before), joined(chain, gap.after)
    return Text(
        said.zh.format(before=before.zh, after=after.zh),
        said.en.format(before=before.en, after=after.en),
    )
