"""What the policy calculator asks: ``calculator.yaml``, a zone's own in place of the national."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.problems import Finding, PackError, PackProblem
from openzone.engines.text import Text

NAME = "calculator.yaml"
NATIONAL = Path(__file__).parent / "national" / NAME
BAD = Text("不符合要求：{msg}", "not acceptable: {msg}")
NO_FACT = Text("数据目录里没有 {name}", "the catalogue has no fact {name}")


class Questions(BaseModel):
    """Fact names asked first, and how many more are offered at a time."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    first: tuple[str, ...] = Field(min_length=1)
    further: int = Field(ge=1)


def load_questions(folder: Path | None, catalogue: Catalogue) -> Questions:
    """Read the questions of a zone's pack folder, or the national ones.

    Raises:
        PackError: the file is no such list, or asks for a fact that does not exist.

    """
    own = folder / NAME if folder else NATIONAL
    path = own if own.exists() else NATIONAL
    document = read_document(path.read_text(encoding="utf-8"), str(path))
    try:
        questions = Questions.model_validate(document.value)
    except ValidationError as error:
        raise PackError([_problem(document, one) for one in error.errors()]) from None
    unknown = [
        document.problem(Finding(("first", index), NO_FACT.format(name=name)))
        for index, name in enumerate(questions.first)
        if name not in catalogue
    ]
    if unknown:
        raise PackError(unknown)
    return questions


def _problem(document: Document, error: ErrorDetails) -> PackProblem:
    return document.problem(Finding(error["loc"], BAD.format(msg=error["msg"])))
