"""What the boards of this zone show, and how its meetings word figures; read once per process."""

from functools import cache

from openzone.packs.figure_boards import BoardsPack, load_boards
from openzone.packs.loading import zone_folder
from openzone.packs.meeting_pack import MeetingPackPack, load_meeting_pack


@cache
def boards_pack() -> BoardsPack:
    """Return what boards show."""
    return load_boards(zone_folder())


@cache
def meeting_words() -> MeetingPackPack:
    """Return the sentences of meetings."""
    return load_meeting_pack(zone_folder())
