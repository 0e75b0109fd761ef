"""What ``match`` can be asked for, and where it can be worked out."""

from enum import StrEnum


class Kind(StrEnum):
    """What is written."""

    RECORDS = "records"
    COUNTS = "counts"
    PLANES = "planes"


class Engine(StrEnum):
    """Where the pieces of the input are worked on."""

    LOCAL = "local"
    SPARK = "spark"
