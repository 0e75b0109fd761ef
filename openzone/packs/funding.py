"""Channels of upward funding as rules over what is known of a project.

``funding/facts.yaml`` names what can be known, ``funding/rules/funding.ID.yaml`` is one channel
each. A zone's own folder ``funding/`` adds facts and rules; a rule file of the same name takes the
place of a shipped one.
"""

from functools import cache
from pathlib import Path

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.schema import Rule
from openzone.packs.loading import NATIONAL, load_catalogue, load_rules

FOLDER = "funding"
PREFIX = "funding."
"""Rules are called ``funding.`` and the id of the channel."""


@cache
def funding_catalogue(folder: Path | None) -> Catalogue:
    """Return the facts of projects that channels may ask for."""
    own = [folder / FOLDER / "facts.yaml"] if folder else []
    return load_catalogue([NATIONAL / FOLDER / "facts.yaml", *filter(Path.exists, own)])


@cache
def funding_rules(folder: Path | None) -> tuple[Rule, ...]:
    """Return the channels of a zone.

    Raises:
        PackError: with every problem of every file.

    """
    own = [folder / FOLDER / "rules"] if folder else []
    places = [NATIONAL / FOLDER / "rules", *filter(Path.is_dir, own)]
    return load_rules(places, funding_catalogue(folder))
