"""The formats of chain files, told by the end of the name."""

from enum import StrEnum


class Format(StrEnum):
    """How a chain is written."""

    YAML = "yaml"
    CSV = "csv"
    GRAPHML = "graphml"
    JSON = "json"


_ENDINGS = {"yml": Format.YAML} | {kind.value: kind for kind in Format}


def format_of(name: str) -> Format | None:
    """Return the format a file name ends in."""
    return _ENDINGS.get(name.rpartition(".")[2].lower()) if "." in name else None
