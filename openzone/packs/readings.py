"""Where facts read from pages may go, and what pages may come in (``readings.yaml``)."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "readings.yaml"


class Wording(Entry):
    """Words of a page that make an indicator of an attribute, but not right after ``unless``."""

    attribute: str
    indicator: str
    words: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()


class ReadingsPack(Entry):
    """The whole file. ``indicators`` and ``facts`` map attributes of pages to names of the record.

    Attributes of ``wordings`` stand for several indicators, told apart by the words of the page;
    where no words fit, ``indicators`` holds.

    ``longest_text`` is in characters, ``seconds_model`` what an answer of a
    language model may take.
    """

    source: Bilingual
    verified: Literal["V", "V2", "L", "K"]
    largest_mb: int = Field(ge=1, le=50)
    longest_text: int = Field(ge=1_000)
    seconds_model: int = Field(ge=1, le=600)
    reasons: tuple[Bilingual, ...] = Field(min_length=1)
    indicators: dict[str, str]
    wordings: tuple[Wording, ...] = ()
    facts: dict[str, str]


def load_readings(folder: Path | None) -> ReadingsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), ReadingsPack)
