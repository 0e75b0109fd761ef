"""The version of a chain that is in force on a day."""

import datetime as dt
from functools import lru_cache

from openzone.engines.chains.model import Chain
from openzone.packs.chains import ChainPack, chain_files, chain_pack, read_chain
from openzone.packs.loading import zone_folder
from openzone.zone.chains.models import ChainRelease


def release_on(chain: str, on: dt.date) -> ChainRelease | None:
    """Return the release in force; None where the packs' file still is."""
    return ChainRelease.objects.filter(chain=chain, valid_from__lte=on).order_by("-number").first()


def pack_on(chain: str, on: dt.date) -> ChainPack:
    """Return a chain as it is in force on a day.

    Raises:
        PackError: there is no such chain.

    """
    release = release_on(chain, on)
    if release is None:  # an id, never a path: it comes from an address
        return chain_pack(chain if chain in chain_files(zone_folder()) else "", zone_folder())
    return _parsed(release.text, f"{chain}.yaml")


def chain_on(chain: str, on: dt.date) -> Chain:
    """Return the nodes and edges in force on a day."""
    return pack_on(chain, on).as_chain


def chain_ids(on: dt.date) -> list[str]:
    """Return every chain there is on a day, of the packs and of releases."""
    own = ChainRelease.objects.filter(valid_from__lte=on).values_list("chain", flat=True)
    return sorted({*chain_files(zone_folder()), *own})


@lru_cache(maxsize=64)
def _parsed(text: str, name: str) -> ChainPack:
    return read_chain(text, name)
