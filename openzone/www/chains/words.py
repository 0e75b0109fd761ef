"""What the states of links and the figures of a chain are called."""

from typing import Final

from openzone.engines.chains.comparison import STRONG
from openzone.engines.chains.gaps import GapKind
from openzone.engines.text import Text

STATES: Final = {
    STRONG: Text("强", "strong"),
    GapKind.STRENGTHEN.value: Text("待强链", "to be strengthened"),
    GapKind.FILL.value: Text("待补链", "to be filled"),
    GapKind.EXTEND.value: Text("可延链", "extends the chain"),
    GapKind.APART.value: Text("缺，上下游也缺", "missing, nothing beside it"),
}
KINDS: Final = {
    GapKind.FILL: Text("补链", "Fill"),
    GapKind.EXTEND: Text("延链", "Extend"),
    GapKind.STRENGTHEN: Text("强链", "Strengthen"),
    GapKind.APART: Text("上下游都缺", "Nothing beside it"),
}
NOT_THERE: Final = Text("该版本无此环节", "not in that version")


def state(name: str | None) -> Text:
    """Return what a state is called; ``None``: the version has no such link."""
    return NOT_THERE if name is None else STATES[name]
