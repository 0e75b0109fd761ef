"""Rule files to checked rules, or every reason why not."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.check import check_rule
from openzone.engines.rules.check_set import check_set
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.language import CASE_FORMS, CONDITION_FORMS, NUMBER_FORMS
from openzone.engines.rules.problems import Finding, PackError, PackProblem, Path
from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text

_REASONS = {
    "missing": Text("缺少此项", "this key is missing"),
    "extra_forbidden": Text("这里没有这个键", "no such key here"),
    "string_type": Text("应为文字；代码与编号请加引号", "must be text; put codes in quotes"),
    "string_too_short": Text("不能为空", "must not be empty"),
    "too_short": Text("条目太少", "too few items"),
    "string_pattern_mismatch": Text("写法不对：{input}", "wrong spelling: {input}"),
    "greater_than_equal": Text("不能小于 {ge}", "must be at least {ge}"),
    "less_than_equal": Text("不能大于 {le}", "must be at most {le}"),
    "float_type": Text("应为数字", "must be a number"),
    "int_type": Text("应为整数", "must be a whole number"),
    "bool_type": Text("应为 true 或 false", "must be true or false"),
    "date_type": Text("应为日期，例如 2026-01-31", "must be a day such as 2026-01-31"),
    "tuple_type": Text("应为列表", "must be a list"),
    "mapping_type": Text("应为映射（键: 值）", "must be a mapping (key: value)"),
    "dict_type": Text("应为映射（键: 值）", "must be a mapping (key: value)"),
    "model_type": Text("应为映射（键: 值）", "must be a mapping (key: value)"),
    "multiple_of": Text("分值只能是整数或半分", "points are whole or half"),
    "literal_error": Text("只能是 {expected} 之一", "must be one of {expected}"),
    "not_a_quantity": Text(
        '不是数字：{input}。可写 5000、"5000万"、"2亿"、"5%"',
        'not a number: {input}. Write 5000, "5000万", "2亿" or "5%"',
    ),
    "not_an_offset": Text(
        "不是日期间隔：{input}。可写 -1y、-6m、0d",
        "not a distance between days: {input}. Write -1y, -6m or 0d",
    ),
    "no_test": Text("只有对象，没有条件（如 gte）", "a subject without a test (such as gte)"),
    "one_direction": Text("gte 与 lte 必须且只能写一个", "write gte or lte, exactly one"),
    "one_source": Text(
        "bands、best_of、parts、points 必须且只能写一个",
        "write bands, best_of, parts or points, exactly one",
    ),
    "points_else": Text("points 与 else 要一起写", "points and else go together"),
    "no_case": Text("cases 至少要有一个 when", "cases need at least one `when`"),
    "else_last": Text("else 只能有一个，写在最后", "there is one else, and it comes last"),
    "one_answer": Text("when 与 classify 必须且只能写一个", "write when or classify, exactly one"),
}
_FORMS = Text("应写以下之一：{forms}", "must be one of these forms: {forms}")
_A_MEMBER = 2
"""Steps from the top of a file to a member of its list."""
_OTHER = Text("不符合要求：{msg}", "not acceptable: {msg}")


class Checked(NamedTuple):
    """Rules that can be used, and what may be wrong with them all the same."""

    rules: tuple[Rule, ...]
    warnings: tuple[PackProblem, ...]


def load_rule(text: str, filename: str, catalogue: Catalogue) -> Rule:
    """Read one rule file and check it against the catalogue.

    Raises:
        PackError: with every problem of the file, each with its line.

    """
    return _load(read_document(text, filename), catalogue)[0]


def load_rules(texts: Mapping[str, str], catalogue: Catalogue) -> tuple[Rule, ...]:
    """Read rule files given as ``{filename: text}``, and check them one by one and together.

    Raises:
        PackError: with every problem of every file.

    """
    return read_rules(texts, catalogue).rules


def read_rules(texts: Mapping[str, str], catalogue: Catalogue) -> Checked:
    """Read rule files as :func:`load_rules` does, and return their warnings as well.

    Raises:
        PackError: with every problem of every file; warnings are then left out.

    """
    loaded: list[tuple[Document, Rule]] = []
    problems: list[PackProblem] = []
    warnings: list[PackProblem] = []
    for filename, text in texts.items():
        try:
            document = read_document(text, filename)
            rule, told = _load(document, catalogue)
        except PackError as error:
            problems += error.problems
        else:
            loaded.append((document, rule))
            warnings += told
    rules = tuple(rule for _, rule in loaded)
    if len(loaded) == len(texts):
        for index, finding in check_set(rules):
            problems.append(loaded[index][0].problem(finding))
    if problems:
        raise PackError(problems)
    return Checked(rules, tuple(warnings))


def _load(document: Document, catalogue: Catalogue) -> tuple[Rule, list[PackProblem]]:
    """Return a rule and its warnings."""
    try:
        rule = Rule.model_validate(document.value)
    except ValidationError as error:
        raise PackError(in_order(document, findings_of(error))) from None
    found = in_order(document, dict.fromkeys(check_rule(rule, catalogue)))
    problems = [problem for problem in found if problem.severity == "problem"]
    if problems:
        raise PackError(problems)
    return rule, found


def findings_of(error: ValidationError, forms: tuple[str, ...] = ()) -> dict[Finding, None]:
    """Return what pydantic refused; ``forms`` are those of the members of a file's list."""
    return dict.fromkeys(_finding(found, forms) for found in _innermost(error.errors()))


def in_order(document: Document, findings: Mapping[Finding, None]) -> list[PackProblem]:
    """Give findings their lines, from the top of the file."""
    return sorted(map(document.problem, findings), key=lambda problem: problem.line)


def _innermost(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Drop "too few items" where the items are there but wrong."""
    for error in errors:
        inside = len(error["loc"])
        if error["type"] != "too_short" or not any(
            other["loc"][:inside] == error["loc"] for other in errors if other is not error
        ):
            yield error


def _finding(error: ErrorDetails, forms: tuple[str, ...]) -> Finding:
    path = tuple(_real_steps(error["loc"]))
    if error["type"] in ("union_tag_not_found", "union_tag_invalid"):
        wanted = forms if forms and len(path) == _A_MEMBER else _forms_at(path)
        return Finding(path, _FORMS.format(forms=", ".join(wanted)))
    reason = _REASONS.get(error["type"], _OTHER)
    values: dict[str, Any] = {"msg": error["msg"], "input": error["input"]}
    return Finding(path, reason.format(**values | error.get("ctx", {})))


def _real_steps(loc: Path) -> Iterator[str | int]:
    """Drop the tags of unions, which are not in the file."""
    for step in loc:
        if isinstance(step, int) or not step.startswith("<"):
            yield step


def _forms_at(path: Path) -> tuple[str, ...]:
    """Return the forms that a value at ``path`` could have."""
    if path[-2:-1] == ("cases",):
        return CASE_FORMS
    last = next((step for step in reversed(path) if isinstance(step, str)), "")
    inside = last in ("all", "any", "not", "of", "veto", "when", "if") and "bands" not in path[-2:]
    return CONDITION_FORMS if inside or path[-3:-2] == ("cases",) else NUMBER_FORMS
