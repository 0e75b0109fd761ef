"""How a promise stands, in words and as a mark."""

from openzone.engines.projects.clauses import ClauseState
from openzone.engines.text import Text
from openzone.zone.agreements.selectors.promises import Promise

WORDS = {
    ClauseState.MET: (Text("已兑现", "kept"), "chip-now"),
    ClauseState.NOT_DUE: (Text("未到期", "not due"), ""),
    ClauseState.DUE_SOON: (Text("即将到期", "due soon"), "chip-warn"),
    ClauseState.BEHIND: (Text("进度滞后", "behind its time"), "chip-warn"),
    ClauseState.PARTLY: (Text("到期部分兑现", "partly kept"), "chip-old"),
    ClauseState.MISSED: (Text("到期未兑现", "missed"), "chip-old"),
    ClauseState.UNKNOWN: (Text("到期未报告", "due, nothing reported"), "chip-warn"),
}
LATE = Text("逾期后兑现", "kept late")


def label_of(one: Promise) -> tuple[Text, str]:
    """Return a promise's state in words and the class of its mark."""
    met = one.standing.met_on
    if met is not None and met > one.clause.due:
        return LATE, "chip-warn"
    return WORDS[one.state]
