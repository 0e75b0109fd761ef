"""What differs between two versions of a rule, clause by clause, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules.compiled import CompiledRule
from openzone.engines.rules.formats import POINTS, limit_text, plain
from openzone.engines.rules.language import All, Clause
from openzone.engines.rules.points import parts_inside
from openzone.engines.rules.schema import Row, Version
from openzone.engines.rules.score_language import PartBody
from openzone.engines.rules.sentences import Wording, joined
from openzone.engines.text import Text

Kind = Literal["added", "removed", "changed"]
_SEMICOLON = Text("；", "; ")
_SAYS_ONLY = {"id", "label", "ref", "verified", "note", "notes", "labels"}
"""What a clause says about itself; it decides nothing."""
_AMOUNT = Text("金额", "amount")
_PERIOD = Text("施行期间", "in force")
_DOCUMENT = Text("文件", "document")
_REWORDED = (
    Text("名称、条款序号或说明", "labels, articles or notes"),
    Text("原文字", "as worded before"),
    Text("文字有修改，条件未变", "reworded; no condition differs"),
)
_FORM = (
    Text("写法", "form"),
    Text("原写法", "as written before"),
    Text("写法有修改", "written differently"),
)
_RULE = Text("规则", "rule")
_ELSE, _OPEN = Text("其他 {points}", "else {points}"), Text("起", "onwards")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``where`` is its place: ``clause:niche``, ``let:rd_share``."""

    kind: Kind
    where: str
    label: Text
    before: Text | None
    after: Text | None

    def as_json(self) -> dict[str, Any]:
        """Return the fields; texts as ``{zh, en}``."""
        return {
            "kind": self.kind,
            "where": self.where,
            "label": _json(self.label),
            "before": _json(self.before),
            "after": _json(self.after),
        }

    @property
    def sentence(self) -> Text:
        """The difference on one line."""
        before, after = self.before or Text("", ""), self.after or Text("", "")
        match self.kind:
            case "added":
                return Text(f"新增 {self.label.zh}：{after.zh}", f"new {self.label.en}: {after.en}")
            case "removed":
                return Text(
                    f"取消 {self.label.zh}：{before.zh}", f"gone {self.label.en}: {before.en}"
                )
            case "changed":
                return Text(
                    f"{self.label.zh}：{before.zh} → {after.zh}",
                    f"{self.label.en}: {before.en} → {after.en}",
                )


@dataclass(frozen=True, slots=True)
class _Said:
    """A thing of a version: its label, its sentence, and what it is apart from its words."""

    label: Text
    text: Text
    value: object


def differences(
    before: CompiledRule | None,
    old: Catalogue,
    after: CompiledRule | None,
    new: Catalogue,
    titles: Mapping[str, Text] | None = None,
) -> Iterator[Difference]:
    """Yield what differs between the versions in force; one difference if a rule is new or gone.

    ``titles`` name other rules that conditions refer to.
    """
    one = after or before
    if one is None:
        return
    if before is None or after is None:
        title = one.rule.title.text
        if before is None:
            yield Difference("added", "rule", _RULE, None, title)
        else:
            yield Difference("removed", "rule", _RULE, title, None)
        return
    if written(before.version) == written(after.version):
        return
    said = [
        _said(side.version, Wording(catalogue, side.version, titles or {}))
        for side, catalogue in ((before, old), (after, new))
    ]
    found = list(_compared(*said))
    yield from found
    if not found:
        same = conditions(before.version) == conditions(after.version)
        yield Difference("changed", "wording" if same else "form", *(_REWORDED if same else _FORM))


def written(version: BaseModel) -> Any:
    """Return a model as plain data; what is written out although it is the default is left out."""
    return version.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def conditions(value: BaseModel) -> Any:
    """Return what decides: the plain data without labels, articles and notes."""
    return _bare(written(value))


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _bare(each) for key, each in value.items() if key not in _SAYS_ONLY}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _compared(before: Mapping[str, _Said], after: Mapping[str, _Said]) -> Iterator[Difference]:
    for where in dict.fromkeys((*before, *after)):
        old, new = before.get(where), after.get(where)
        if old is None and new is not None:
            yield Difference("added", where, new.label, None, new.text)
        elif old is not None and new is None:
            yield Difference("removed", where, old.label, old.text, None)
        elif old is not None and new is not None and old.value != new.value:
            yield Difference("changed", where, new.label, old.text, new.text)


# ---- what a version says ------------------------------------------------------------------


def _said(version: Version, words: Wording) -> dict[str, _Said]:
    """Return everything a version states, by its place."""
    return dict(
        (
            *_head(version),
            *_clauses(version, words),
            *_lets(version, words),
            *_scores(version, words),
            *_rows(version, words),
            *_amount(version, words),
        )
    )


def _head(version: Version) -> Iterator[tuple[str, _Said]]:
    source, first, last = version.source, version.effective_from, version.effective_to
    document = f"{source.title} {source.number or ''}".strip()
    until = Text(f"至 {last}", f"to {last}") if last else _OPEN
    period = Text(f"{first} {until.zh}", f"{first} {until.en}")
    name = Text(version.version, version.version)
    yield "version", _Said(Text("版本", "version"), name, version.version)
    yield "document", _Said(_DOCUMENT, Text(document, document), document)
    yield "period", _Said(_PERIOD, period, (first, last))


def _clauses(version: Version, words: Wording) -> Iterator[tuple[str, _Said]]:
    when = version.when
    if when is None:
        return
    for number, clause in enumerate(when.members if isinstance(when, All) else (when,)):
        name = clause.id or str(number)
        yield (
            f"clause:{name}",
            _Said(_label(clause, name), words.condition(clause), conditions(clause)),
        )


def _lets(version: Version, words: Wording) -> Iterator[tuple[str, _Said]]:
    for name, number in version.let.items():
        inner = getattr(number, "number", number)  # a named number says its label, not its formula
        label = getattr(number, "label", None)
        said = label.text if label else Text(name, name)
        value = conditions(number) if isinstance(number, BaseModel) else number
        yield f"let:{name}", _Said(said, words.number(inner), value)


def _scores(version: Version, words: Wording) -> Iterator[tuple[str, _Said]]:
    for name, score in version.scores.items():
        label = score.label.text
        for number, part in enumerate((score, *parts_inside(score))):
            place = f"score:{name}" + (f".{part.id or number}" if number else "")
            own = part.label.text if part.label else label
            yield place, _Said(own, _points(part, words), conditions(_alone(part)))


def _alone(part: PartBody) -> PartBody:
    """Return a part without the parts inside it, which are compared on their own."""
    return part.model_copy(update={"parts": None, "best_of": None})


def _points(part: PartBody, words: Wording) -> Text:
    said = [POINTS.format(n=plain(part.max))] if part.max is not None else []
    if part.bands is not None:
        key = "gte" if part.bands.gte is not None else "lte"
        bands = [(words.band(part.bands, key, limit), n) for limit, n in part.bands.limits]
        said = [_earning(limit, points) for limit, points in bands]
        said.append(_ELSE.format(points=plain(part.bands.otherwise)))
    if part.points is not None:
        said = [_earning(words.condition(each.when), each.points) for each in part.points]
        said.append(_ELSE.format(points=plain(part.otherwise or 0)))
    return joined(said, _SEMICOLON)


def _earning(condition: Text, points: float) -> Text:
    return Text(f"{condition.zh} {plain(points)}分", f"{condition.en}: {plain(points)}")


def _rows(version: Version, words: Wording) -> Iterator[tuple[str, _Said]]:
    if version.classify is None:
        return
    for row in version.classify.rows:
        limits = joined((_limits(level, row, words) for level in row.limits), _SEMICOLON)
        when = words.condition(row.when)
        text = Text(f"{when.zh}：{limits.zh}", f"{when.en}: {limits.en}")
        yield f"row:{row.id}", _Said(row.label.text, text, conditions(row))


def _amount(version: Version, words: Wording) -> Iterator[tuple[str, _Said]]:
    if version.amount is not None:
        label = version.amount.label.text if version.amount.label else _AMOUNT
        text = words.number(version.amount.number)
        yield "amount", _Said(label, text, conditions(version.amount))


def _limits(level: str, row: Row, words: Wording) -> Text:
    said = [
        Text(f"{name} ≥ {text.zh}", f"{name} ≥ {text.en}")
        for name, limit in row.limits[level].items()
        for text in [limit_text(limit.value, _kind(name, words.catalogue))]
    ]
    inner = joined(said, Text("、", ", "))
    return Text(f"{level} {inner.zh}", f"{level} {inner.en}")


def _kind(name: str, catalogue: Catalogue) -> FactType | None:
    return catalogue[name].type if name in catalogue else None


def _label(clause: Clause, name: str) -> Text:
    return clause.label.text if clause.label else Text(name, name)


def _json(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
