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


LEVELS = {
    "national": Bilingual(zh="国家级", en="national"),
    "provincial": Bilingual(zh="省级", en="provincial"),
    "none": Bilingual(zh="无", en="none"),
}


def series(name: str, kind: FactType, zh: str, **more: Any) -> SeriesSpec:
    return SeriesSpec(
        name=name,
        type=kind,
        period=PeriodKind.YEAR if "years" in more else PeriodKind.NONE,
        label=Bilingual(zh=zh, en=name.replace("_", " ")),
        source=Bilingual(zh="登记信息", en="register"),
        proof=Bilingual(zh=f"{zh}证明", en=f"proof of {name}"),
        **more,
    )


CATALOGUE = Catalogue(
    (
        series("revenue", FactType.YUAN, "营业收入", years=3),
        series("rd_expense", FactType.YUAN, "研发费用", years=3),
        series("assets", FactType.YUAN, "资产总额", years=1),
        series("employees", FactType.NUMBER, "职工人数"),
        series("science_staff", FactType.NUMBER, "科技人员"),
        series("patents", FactType.NUMBER, "专利数"),
        series("market_share", FactType.RATIO, "市场占有率"),
        series("land", FactType.AREA, "用地面积"),
        series("registered_on", FactType.DATE, "成立日期"),
        series("valid_to", FactType.DATE, "有效期止"),
        series("dishonest", FactType.BOOL, "严重失信"),
        series("certified", FactType.BOOL, "体系认证"),
        series("industry", FactType.CODE, "行业代码"),
        series("level", FactType.TEXT, "机构级别", choices=LEVELS),
    )
)

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
    columns = Columns.from_values(
        ["e"], {name: [value] for name, value in facts.items()}, CATALOGUE
    )
    return list(match(plan, columns))[-1]


def outcome(condition: dict[str, Any], **facts: Any) -> str:
    """The outcome of a rule of one clause."""
    return decide(plan_of(rule(when=[clause("c", **condition)])), **facts).outcome
