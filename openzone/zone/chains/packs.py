"""What this zone invites by, and where it lies, read once per process."""

from functools import cache

from openzone.packs.chain_figures import FiguresPack, load_chain_figures
from openzone.packs.chain_invite import InvitePack, SeatPack, load_invite, load_seat
from openzone.packs.loading import zone_folder


@cache
def invite() -> InvitePack:
    """Return the terms of the score of candidates, their weights and measures."""
    return load_invite(zone_folder())


@cache
def seat() -> SeatPack:
    """Return where the zone lies."""
    return load_seat(zone_folder())


@cache
def figures_pack() -> FiguresPack:
    """Return what figures of links can be."""
    return load_chain_figures(zone_folder())
