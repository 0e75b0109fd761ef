"""What can be wrong with a row besides its cells, and problems as stored text."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Problem
from openzone.engines.text import Text


class Message(NamedTuple):
    """The words of one problem code; braces are filled with the problem's values."""

    severity: Severity
    reason: Text
    suggestion: Text | None = None


class Fault(NamedTuple):
    """A code of ``MESSAGES`` with the field it stands at and the values its words need."""

    code: str
    field: str
    values: Mapping[str, Any]


_GIVE_CODE = Text("补填统一社会信用代码", "add the credit code")

MESSAGES: Mapping[str, Message] = {
    "name_missing": Message(
        Severity.ERROR,
        Text("档案里没有这家企业，新企业必须有名称", "a new enterprise must have a name"),
        Text("补填企业名称，或填写已在档案中的代码", "add its name, or a code that is on record"),
    ),
    "name_ambiguous": Message(
        Severity.ERROR,
        Text("档案里有多家“{name}”", "several enterprises on record are called “{name}”"),
        _GIVE_CODE,
    ),
    "code_conflict": Message(
        Severity.ERROR,
        Text(
            "档案里“{name}”的统一社会信用代码是 {known}",
            "on record the credit code of “{name}” is {known}",
        ),
        Text(
            "核对代码；确为两家企业时请先修改档案", "check the code; if they are two, say so there"
        ),
    ),
    "keys_disagree": Message(
        Severity.ERROR,
        Text(
            "代码属于“{name}”，编号却属于“{other}”",
            "the credit code is that of “{name}”, the own number that of “{other}”",
        ),
        Text("核对代码和编号", "check both"),
    ),
    "name_differs": Message(
        Severity.WARNING,
        Text("档案里这家企业叫“{name}”，名称未改", "on record it is called “{name}”; that is kept"),
        Text("企业确已更名时，请在企业页面登记", "if it was renamed, say so on its page"),
    ),
    "similar": Message(
        Severity.WARNING,
        Text(
            "作为新企业导入，但与“{name}”相近：{why.zh}",
            "taken as a new enterprise, but close to “{name}”: {why.en}",
        ),
        Text("确为同一家时，导入后在企业页面合并", "if they are one, merge them afterwards"),
    ),
    "park_unknown": Message(
        Severity.WARNING,
        Text("档案里没有园区“{name}”，只保存文字", "no park “{name}” on record; kept as text"),
        Text("先登记园区，或改用已登记的名称", "enter the park first, or use a name on record"),
    ),
}


def registry_problem(code: str, **where: Any) -> Problem:
    """Return a problem of a code of ``MESSAGES``; ``values`` fill its words."""
    message, values = MESSAGES[code], where.pop("values", {})
    return told(
        code, message.severity, message.reason.format(**values), message.suggestion, **where
    )


def told(
    code: str,
    severity: Severity,
    reason: Text,
    suggestion: Text | None = None,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str | None = None,
    header: str | None = None,
    value: str = "",
) -> Problem:
    """Return a problem whose words are already known."""
    return Problem(sheet, row, column, header, value, severity, code, reason, suggestion)


def as_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as it is stored with its row."""
    fix = problem.suggestion
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "header": problem.header,
        "value": problem.value,
        "severity": str(problem.severity),
        "code": problem.code,
        "reason": [problem.reason.zh, problem.reason.en],
        "suggestion": [fix.zh, fix.en] if fix else None,
    }


def from_json(stored: Mapping[str, Any]) -> Problem:
    """Return a stored problem as a value again."""
    fix: Sequence[str] | None = stored["suggestion"]
    return Problem(
        **{key: stored[key] for key in ("sheet", "row", "column", "header", "value", "code")},
        severity=Severity(stored["severity"]),
        reason=Text(*stored["reason"]),
        suggestion=Text(*fix) if fix else None,
    )
