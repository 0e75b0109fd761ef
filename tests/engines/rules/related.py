"""Rules that pay, and relations between them, in few words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openzone.engines.rules.bundle import best_bundle
from openzone.engines.rules.bundle_items import Bundle, Received
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.loading import load_rules
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.relations import load_relations
from openzone.engines.rules.single import Known, answer
from tests.engines.rules.sample import AS_OF, CATALOGUE, LABEL, clause, rule, written

SOURCE = {"title": "办法", "number": "示例〔2020〕2号", "issuer": "示例"}


def paying(name: str, amount: Any, **parts: Any) -> dict[str, Any]:
    """A subsidy for whoever is certified; ``amount`` is a number, or a whole amount."""
    whole = amount if isinstance(amount, dict) and "number" in amount else {"number": amount}
    when = parts.pop("when", [clause("certified", fact="certified", is_=True)])
    title = {"zh": f"规则{name[-1].upper()}", "en": f"Rule {name[-1].upper()}"}
    return rule(name, when=when, amount=whole, **parts) | {"kind": "subsidise", "title": title}


def relation(kind: str, **parts: Any) -> dict[str, Any]:
    head = {
        "id": kind.replace("_", "-"),
        "relation": kind,
        "label": LABEL,
        "source": SOURCE,
        "effective_from": dt.date(2020, 1, 1),
        "verified": "L",
    }
    return head | parts


def relations_of(
    rules: Sequence[Mapping[str, Any]], *relations: Mapping[str, Any]
) -> tuple[AnyRelation, ...]:
    loaded = load_rules({f"{value['rule']}.yaml": written(value) for value in rules}, CATALOGUE)
    text = written({"relations": [dict(each) for each in relations]})
    return load_relations(text, "relations.yaml", loaded, CATALOGUE)


def related_plan(
    rules: Sequence[Mapping[str, Any]], *relations: Mapping[str, Any], as_of: dt.date = AS_OF
) -> Plan:
    loaded = load_rules({f"{value['rule']}.yaml": written(value) for value in rules}, CATALOGUE)
    return compile_rules(loaded, CATALOGUE, as_of, relations_of(rules, *relations))


def bundle(
    rules: Sequence[Mapping[str, Any]],
    *relations: Mapping[str, Any],
    received: Iterable[tuple[str, str, float | None]] = (),
    as_of: dt.date = AS_OF,
    most: int = 10,
    **facts: Any,
) -> Bundle:
    """The best bundle of an enterprise that is certified and has these facts besides."""
    plan = related_plan(rules, *relations, as_of=as_of)
    known = {"certified": True} | facts
    answers = answer(plan, {n: Known(v) for n, v in known.items() if v is not None})
    grants = [Received(name, dt.date.fromisoformat(day), paid) for name, day, paid in received]
    return best_bundle(answers, grants, most)


def shares(found: Bundle) -> dict[str, float]:
    """What is paid, by rule."""
    return {share.rule: share.paid for share in found.ties[0]}


def statuses(found: Bundle) -> dict[str, str]:
    return {item.rule: item.status for item in found.items}
