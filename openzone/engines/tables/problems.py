"""Problems of a table as values, and the two exceptions that carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from openzone.engines.tables.messages import PROBLEMS, Severity
from openzone.engines.tables.refusals import NAMES, REFUSALS
from openzone.engines.text import Text

NOTHING = Text("", "")
LONGEST_SHOWN = 100  # characters of a cell in a message


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem code with the values its words need, before anyone knows the place."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Severity of the code."""
        return PROBLEMS[self.code].severity

    @property
    def reason(self) -> Text:
        """Why, in both languages."""
        return fill(PROBLEMS[self.code].reason, self.values)

    @property
    def suggestion(self) -> Text | None:
        """What to do, in both languages, where there is something to do."""
        template = PROBLEMS[self.code].suggestion
        if template is None:
            return None
        needed = (name for _, name, _, _ in Formatter().parse(template.zh) if name)
        if any(self.values.get(name) in ("", NOTHING) for name in needed):
            return None
        return fill(template, self.values)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, with its place as a person sees it: sheet, row from 1, column letter."""

    sheet: str
    row: int | None
    column: str | None
    header: str | None
    value: str
    severity: Severity
    code: str
    reason: Text
    suggestion: Text | None = None

    @property
    def place(self) -> Text:
        """Where it is: sheet, row and column."""
        zh = [f"工作表“{self.sheet}”"] if self.sheet else []
        en = [f"sheet “{self.sheet}”"] if self.sheet else []
        if self.row is not None:
            zh.append(f"第{self.row}行")
            en.append(f"row {self.row}")
        if self.column is not None:
            name = f"（{self.header}）" if self.header else ""
            zh.append(f"{self.column}列{name}")
            en.append(f"column {self.column}" + (f" ({self.header})" if self.header else ""))
        return Text(" ".join(zh), ", ".join(en))

    @property
    def sentence(self) -> Text:
        """Place, reason and suggestion in one sentence."""
        place, fix = self.place, self.suggestion
        where = Text(f"{place.zh}：", f"{place.en}: ") if place.zh else Text("", "")
        zh = f"{where.zh}{self.reason.zh}" + (f"。{fix.zh}" if fix else "")
        en = f"{where.en}{self.reason.en}" + (f"; {fix.en}" if fix else "")
        return Text(zh, en)


def problem(
    fault: Fault,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str | None = None,
    header: str | None = None,
    value: str = "",
) -> Problem:
    """Give a fault its place; rows count from 1, columns are letters."""
    return Problem(
        sheet, row, column, header, shortened(value), fault.severity, fault.code, fault.reason,
        fault.suggestion,
    )  # fmt: skip


class Refused(Exception):  # noqa: N818 - the domain's word; callers read `except Refused`
    """A whole file is not accepted; `text` says why and what to do, `code` names the reason."""

    def __init__(self, text: Text, code: str) -> None:
        super().__init__(str(text))
        self.text = text
        self.code = code


def refusal(code: str, **values: Any) -> Refused:
    """Build the refusal of a code of `REFUSALS`."""
    return Refused(fill(REFUSALS[code], values), code)


def wrong_type(found: str) -> Refused:
    """Build the refusal of a file that is something else, by its key in `NAMES`."""
    return refusal("wrong_type", found=NAMES[found])


class TableProblems(Exception):  # noqa: N818 - carries problems, is not itself one
    """All problems of a file that must be perfect, raised together."""

    SHOWN = 20

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(str(self.text))

    @property
    def text(self) -> Text:
        """The first problems as lines, and how many more there are."""
        sentences = [each.sentence for each in self.problems[: self.SHOWN]]
        zh, en = [each.zh for each in sentences], [each.en for each in sentences]
        more = len(self.problems) - self.SHOWN
        if more > 0:
            zh.append(f"……另有 {more} 个问题")
            en.append(f"… and {more} more")
        return Text("\n".join(zh), "\n".join(en))


def fill(template: Text, values: Mapping[str, Any]) -> Text:
    """Fill a bilingual template; a value may itself be a `Text`."""

    def told(language: str) -> dict[str, Any]:
        return {
            name: value.for_language(language) if isinstance(value, Text) else _short(value)
            for name, value in values.items()
        }

    return Text(template.zh.format(**told("zh")), template.en.format(**told("en")))


def _short(value: Any) -> Any:
    return shortened(value) if isinstance(value, str) else value


def shortened(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Text cut to what a message can carry."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
