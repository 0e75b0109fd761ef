"""Small packs: one YAML file checked against one model, problems told with their line."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from openzone.engines.rules.document import read_document
from openzone.engines.rules.problems import Finding, PackError
from openzone.engines.text import Text
from openzone.packs.loading import NATIONAL

BAD = Text("不符合要求：{msg}", "not acceptable: {msg}")


class Entry(BaseModel):
    """A part of a pack: nothing misspelt passes, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=Entry)


def load_typed(path: Path, model: type[M]) -> M:
    """Read a file.

    Raises:
        PackError: with every problem of the file.

    """
    document = read_document(path.read_text("utf-8"), str(path))
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        found = [document.problem(_finding(each)) for each in error.errors()]
        raise PackError(found) from None


def pack_file(name: str, folder: Path | None) -> Path:
    """Return a zone's own file of this name, else the national one it takes the place of."""
    own = folder / name if folder else None
    return own if own is not None and own.exists() else NATIONAL / name


def _finding(error: ErrorDetails) -> Finding:
    return Finding(error["loc"], BAD.format(msg=error["msg"]))
