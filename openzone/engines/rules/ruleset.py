"""A set of rules as one artefact: facts, rules and relations, and a digest that names them.

The bytes are JSON in one canonical form, so that equal sets have equal bytes, however their files
were laid out. The digest is the SHA-256 of everything that is said; every part has its own as
well, so that an altered artefact can name what was altered.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from pydantic import BaseModel, TypeAdapter, ValidationError

from openzone.engines.facts.catalogue import Catalogue, SeriesSpec
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.loading import findings_of
from openzone.engines.rules.problems import PackError, PackProblem, path_text
from openzone.engines.rules.publishing import check_publishing
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text

FORMAT = "openzone-ruleset/1"
SECTIONS = ("catalogue", "rules", "relations")

NOT_AN_ARTEFACT = Text("不是规则集文件（{why}）", "not a set of rules ({why})")
OTHER_FORMAT = Text(
    "规则集格式为 {found}，本程序只认 {known}", "the format is {found}; this program reads {known}"
)
ALTERED = Text("规则集已被改动：{what}", "the set of rules was altered: {what}")
_JSON = Text("不是 JSON", "not JSON")
_KEYS = Text("缺少或多出的键：{keys}", "keys missing or too many: {keys}")
_PART = Text("{part} 与其摘要不符", "{part} does not fit its digest")
_PARTS = Text("各部分摘要的清单与内容不符", "the list of digests does not fit what is there")
_WHOLE = Text("内容与总摘要不符", "the content does not fit the digest of the whole")
_SPELLING = Text(
    "字节与规范写法不同（空白、顺序或数字写法）",
    "not the canonical bytes (spaces, order or numbers)",
)

_SERIES = TypeAdapter(tuple[SeriesSpec, ...])
_RELATIONS = TypeAdapter[tuple[AnyRelation, ...]](tuple[AnyRelation, ...])


@dataclass(frozen=True)
class RuleSet:
    """Facts, rules over them, and relations between the rules. Kept in canonical order.

    Rules must have passed ``load_rules``, relations ``load_relations``.
    """

    catalogue: Catalogue
    rules: tuple[Rule, ...]
    relations: tuple[AnyRelation, ...] = ()

    def __post_init__(self) -> None:
        series = sorted(map(_in_order, self.catalogue.series), key=lambda spec: spec.name)
        put = object.__setattr__
        put(self, "catalogue", Catalogue(tuple(series)))
        put(self, "rules", tuple(sorted(self.rules, key=lambda rule: rule.rule)))
        put(self, "relations", tuple(sorted(self.relations, key=lambda relation: relation.id)))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all that is said: the name of the set."""
        return _digest_of(self._content)

    def to_bytes(self) -> bytes:
        """Return the artefact: the same bytes for the same set, on every machine."""
        parts = _digests(self._content)
        return _canonical({**self._content, "digest": self.digest, "digests": parts}) + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "ruleset") -> "RuleSet":
        """Read an artefact; ``name`` stands before problems as a file name would.

        Raises:
            PackError: it is no artefact, of another format, altered anywhere (the problem names
                the part), or its rules are not in order.

        """
        content = _read(data, name)
        found = _validated(content, name)
        if found.to_bytes() != data:
            _refuse(name, ALTERED, _SPELLING)
        concerns = check_publishing(found.rules, found.relations, found.catalogue)
        problems = [
            PackProblem(name, 1, f"{concern.rule}: {concern.where}", concern.reason)
            for concern in concerns
            if concern.severity == "problem"
        ]
        if problems:
            raise PackError(problems)
        return found

    def plan_on(self, as_of: dt.date) -> Plan:
        """Compile the versions and relations in force on a day."""
        return compile_rules(self.rules, self.catalogue, as_of, self.relations)

    @cached_property
    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "catalogue": [_plain(spec) for spec in self.catalogue.series],
            "rules": [_plain(rule) for rule in self.rules],
            "relations": [_plain(relation) for relation in self.relations],
        }


def _in_order(spec: SeriesSpec) -> SeriesSpec:
    return spec.model_copy(update={"aliases": tuple(sorted(spec.aliases))})


def _plain(model: BaseModel) -> Any:
    """Return a model as JSON values; what is written out although it is the default is left out."""
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _canonical(value: object) -> bytes:
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def _digest_of(value: object) -> str:
    return hashlib.sha256(_canonical(value)).hexdigest()


def _digests(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of every part by its name."""
    return {name: _digest_of(part) for name, part in _parts(content)}


def _parts(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for spec in content["catalogue"]:
        yield f"series {spec['name']}", spec
    for rule in content["rules"]:
        yield f"rule {rule['rule']}", rule
    for relation in content["relations"]:
        yield f"relation {relation['id']}", relation


# ---- reading ------------------------------------------------------------------------------


def _read(data: bytes, name: str) -> dict[str, Any]:
    """Return the content of an artefact whose digests all fit."""
    content = _json(data, name)
    found = content.get("format")
    if found != FORMAT:
        text = found if isinstance(found, str) else "?"
        raise PackError([PackProblem(name, 1, "", OTHER_FORMAT.format(found=text, known=FORMAT))])
    wanted = {"format", "digest", "digests", *SECTIONS}
    if set(content) != wanted:
        keys = ", ".join(sorted(set(content) ^ wanted))
        _refuse(name, ALTERED, _KEYS.format(keys=keys))
    digest, digests = content.pop("digest"), content.pop("digests")
    _compare(content, digests, name)
    if _digest_of(content) != digest:
        _refuse(name, ALTERED, _WHOLE)
    return content


def _json(data: bytes, name: str) -> dict[str, Any]:
    try:
        content = json.loads(data.decode("utf-8"), parse_constant=_not_a_number)
    except (ValueError, RecursionError):
        _refuse(name, NOT_AN_ARTEFACT, _JSON)
    if not isinstance(content, dict) or "format" not in content:
        _refuse(name, NOT_AN_ARTEFACT, _KEYS.format(keys="format"))
    return content


def _not_a_number(text: str) -> NoReturn:
    raise ValueError(text)


def _compare(content: Mapping[str, Any], digests: object, name: str) -> None:
    """Refuse parts that do not fit their digests, each by its name."""
    try:
        actual = _digests(content)
    except (TypeError, KeyError, ValueError):
        _refuse(name, ALTERED, _PARTS)
    if not isinstance(digests, dict) or set(digests) != set(actual):
        _refuse(name, ALTERED, _PARTS)
    wrong = [part for part in actual if actual[part] != digests[part]]
    if wrong:
        raise PackError([_problem(name, ALTERED, _PART.format(part=part)) for part in wrong])


def _validated(content: Mapping[str, Any], name: str) -> RuleSet:
    """Return the set that the content describes."""
    try:
        return RuleSet(
            Catalogue(_SERIES.validate_json(_canonical(content["catalogue"]))),
            tuple(Rule.model_validate_json(_canonical(rule)) for rule in content["rules"]),
            _RELATIONS.validate_json(_canonical(content["relations"])),
        )
    except ValidationError as error:
        findings = findings_of(error)
        raise PackError(
            [PackProblem(name, 1, path_text(each.path), each.reason) for each in findings]
        ) from None
    except ValueError as error:  # two series of one name
        raise PackError([_problem(name, ALTERED, Text(str(error), str(error)))]) from None


def _problem(name: str, reason: Text, detail: Text) -> PackProblem:
    key = "{why}" if "{why}" in reason.zh else "{what}"
    text = Text(reason.zh.replace(key, detail.zh), reason.en.replace(key, detail.en))
    return PackProblem(name, 1, "", text)


def _refuse(name: str, reason: Text, detail: Text) -> NoReturn:
    raise PackError([_problem(name, reason, detail)])
