"""Names beside marks, where they meet no other name and no other mark."""

from collections.abc import Iterable, Mapping, Sequence

from openzone.engines.drawing.lettering import text_width
from openzone.engines.drawing.scene import Label, Mark
from openzone.engines.drawing.squares import Rect
from openzone.engines.text import Text

NAMED, TRIED = 40, 200
"""Names written beside marks, and marks tried, at most; every name is in the table."""
SIZE, HIGH, SPACE = 12.0, 15.0, 3.0


def names_beside(marks: Sequence[Mark], names: Mapping[int, Text], right: float) -> list[Label]:
    """Name marks, the largest first and then the highest; ``right``: where the drawing ends.

    Marks whose row is not in ``names`` stay without one.
    """
    taken = [Rect(mark.x, mark.y, mark.width, mark.height) for mark in marks]
    found = list[Label]()
    order = sorted(range(len(marks)), key=lambda one: (-marks[one].width, marks[one].y))
    for place in order[:TRIED]:
        mark = marks[place]
        if (name := names.get(mark.row)) is None or len(found) == NAMED:
            continue
        room, anchor = _room(mark, name, right)
        others = (one for number, one in enumerate(taken) if number != place)
        if not _meets(room, others):
            taken.append(room)
            at = room.x if anchor == "start" else room.x + room.width
            found.append(Label(at, room.y + HIGH / 2, name, SIZE, anchor, halo=True))
    return found


def _room(mark: Mark, name: Text, right: float) -> tuple[Rect, str]:
    """Return what a name takes: right of its mark, left where the drawing ends."""
    wide = max(text_width(name.zh, SIZE), text_width(name.en, SIZE))
    x, y = mark.x + mark.width + SPACE, mark.y + mark.height / 2 - HIGH / 2
    if x + wide <= right:
        return Rect(x, y, wide, HIGH), "start"
    return Rect(mark.x - SPACE - wide, y, wide, HIGH), "end"


def _meets(room: Rect, others: Iterable[Rect]) -> bool:
    return any(
        room.x < one.x + one.width
        and one.x < room.x + room.width
        and room.y < one.y + one.height
        and one.y < room.y + room.height
        for one in others
    )
