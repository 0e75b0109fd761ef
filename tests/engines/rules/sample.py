"""A small catalogue and short ways to write a rule, shared by the tests of the rule engine."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import yaml

from openzone.engines.facts.catalogue import (
    Bilingual,
    Catalogue,
    FactType,
    PeriodKind,
    SeriesSpec,
)
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.loading import load_rule, load_rules
from openzone.engines.rules.match import Record, match
from openzone.engines.rules.schema import Rule

AS_OF = dt.date(2026, 6, 30)


def both(text: str) -> Bilingual:
    return Bilingual(zh=f"{text}(中)", en=text)


def series(name: str, kind: FactType, **more: Any) -> SeriesSpec:
    period = PeriodKind.YEAR if "years" in more else more.pop("period", PeriodKind.NONE)
    return SeriesSpec(
        name=name,
        type=kind,
        period=period,
        label=more.pop("label", both(name)),
        source=both("register"),
        proof=both(f"proof of {name}"),
        **more,
    )


CATALOGUE = Catalogue(
    (
        series("revenue", FactType.YUAN, years=3, label=Bilingual(zh="营业收入", en="revenue")),
        series("rd_expense", FactType.YUAN, years=3, label=Bilingual(zh="研发费用", en="R&D expense")),
        series("assets", FactType.YUAN, years=1, label=Bilingual(zh="资产总额", en="assets")),
        series("employees", FactType.NUMBER, label=Bilingual(zh="职工人数", en="employees")),
        series("science_staff", FactType.NUMBER, label=Bilingual(zh="科技人员", en="science staff")),
        series("patents", FactType.NUMBER, label=Bilingual(zh="专利数", en="patents")),
        series("market_share", FactType.RATIO, label=Bilingual(zh="市场占有率", en="market share")),
        series("land", FactType.AREA, label=Bilingual(zh="用地面积", en="land")),
        series("registered_on", FactType.DATE, label=Bilingual(zh="成立日期", en="registered on")),
        series("valid_to", FactType.DATE, label=Bilingual(zh="有效期止", en="valid to")),
        series("dishonest", FactType.BOOL, label=Bilingual(zh="严重失信", en="dishonest")),
        series("certified", FactType.BOOL, label=Bilingual(zh="体系认证", en="certified")),
        series("industry", FactType.CODE, label=Bilingual(zh="行业代码", en="industry")),
        series(
            "level",
            FactType.TEXT,
            label=Bilingual(zh="机构级别", en="level"),
            choices={"national": both("national"), "provincial": both("provincial"), "none": both("none")},
        ),
    )
)  # fmt: skip

LABEL = {"zh": "条款", "en": "Clause"}


def clause(name: str, **condition: Any) -> dict[str, Any]:
    """A condition with the id and label that a top-level clause needs; `is_` stands for `is`."""
    return {"id": name, "label": LABEL, **{key.rstrip("_"): v for key, v in condition.items()}}


def version(**parts: Any) -> dict[str, Any]:
    """A version in force since 2020; `when` may be a list of top-level clauses."""
    if isinstance(parts.get("when"), list):
        parts["when"] = {"all": parts["when"]}
    head = {
        "version": "1",
        "source": {"title": "办法", "number": "示例〔2020〕1号", "issuer": "示例"},
        "effective_from": dt.date(2020, 1, 1),
        "verified": "L",
    }
    return head | parts


def rule(name: str = "test.rule", *versions: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """A rule of the given versions, or of one version with the given parts."""
    kind = "classify" if "classify" in parts else "qualify"
    return {
        "rule": name,
        "title": {"zh": "规则", "en": "Rule"},
        "kind": kind,
        "versions": list(versions) or [version(**parts)],
    }


def written(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(value), allow_unicode=True, sort_keys=False)


def load(value: Mapping[str, Any], filename: str = "rule.yaml") -> Rule:
    return load_rule(written(value), filename, CATALOGUE)


def plan_of(*rules: Mapping[str, Any], as_of: dt.date = AS_OF) -> Plan:
    texts = {f"{value['rule']}.yaml": written(value) for value in rules}
    return compile_rules(load_rules(texts, CATALOGUE), CATALOGUE, as_of)


def decide(plan: Plan, **facts: Any) -> Record:
    """The last rule of the plan for one enterprise with these facts."""
    columns = Columns.from_values(["e"], {name: [value] for name, value in facts.items()}, CATALOGUE)
    return list(match(plan, columns))[-1]


def outcome(condition: dict[str, Any], **facts: Any) -> str:
    """The outcome of a rule of one clause."""
    return decide(plan_of(rule(when=[clause("c", **condition)])), **facts).outcome
