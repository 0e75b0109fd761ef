"""A bundle in words: what becomes of each rule, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from openzone.engines.rules.bundle_items import Because, Bundle, Item, Received, Status
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.formats import money
from openzone.engines.rules.sentences import joined, said
from openzone.engines.text import Text

_STATUS: Mapping[Status, Text] = {
    "taken": Text("可得{paid}", "{paid}"),
    "reduced": Text("原为{amount}，减为{paid}：{why}", "{paid} instead of {amount}: {why}"),
    "left_out": Text("不列入：{why}", "left out: {why}"),
    "amount_unknown": Text(
        "符合，金额未知，未列入；{bring}", "met, amount unknown, not counted; {bring}"
    ),
    "limit_unknown": Text(
        "符合，限额未知，未列入：{why}；{bring}", "met, limit unknown, not counted: {why}; {bring}"
    ),
    "requirement_unknown": Text(
        "符合，前提未知，未列入：{why}；{bring}",
        "met, requirement unknown, not counted: {why}; {bring}",
    ),
    "undecided": Text("尚不能判定；{bring}", "cannot be told yet; {bring}"),
    "zero": Text("符合，金额为零", "met, nothing to pay"),
    "no_amount": Text("符合，本规则不涉及金额", "met, carries no money"),
    "not_met": Text("不符合", "not met"),
}
_KINDS: Mapping[str, Text] = {
    "exclusive": Text("与{rules}只能选一项", "only one of it and {rules}"),
    "higher_of": Text("从高不重复，按{rules}给付", "only the highest is paid: {rules}"),
    "stack_cap": Text("合计不超过{limit}", "together at most {limit}"),
    "total_cap": Text("当年合计不超过{limit}", "at most {limit} in the year"),
    "same_expense": Text("同一费用合计不超过{limit}", "for one expense at most {limit}"),
    "once_in": Text("不得重复享受", "not more than once"),
    "requires": Text("须先有{rules}", "needs {rules}"),
}
_ONE_EXPENSE = Text("同一费用只支持一次，已选{rules}", "one expense once: {rules}")
_ONCE_TOGETHER = Text("其中只能享受一项，已选{rules}", "only one of them: {rules}")
_NO_LIMIT = Text("限额未知", "limit unknown")
_HAD = Text("{day} 已得{rule}", "{rule} received on {day}")
_HAD_AMOUNT = Text("{day} 已得{rule}{amount}", "{rule} received on {day}: {amount}")
_HAD_UNKNOWN = Text("{day} 已得{rule}，金额未知", "{rule} received on {day}, amount unknown")
_BRING = Text("请提供{facts}", "bring {facts}")
_PAPER = Text("{fact}（{proof}）", "{fact} ({proof})")
_CANNOT = Text("按已知数据算不出", "what is known does not give it")
_QUOTED = Text("“{name}”", "“{name}”")
_WITH_LABEL = Text("{why}（{label}）", "{why} ({label})")
_LINE = Text("{mark} {title}：{text}", "{mark} {title}: {text}")
_TOTAL = Text("合计{total}", "Total: {total}")
_OPEN = Text("有事实未知，补齐后结果可能改变", "Facts are missing; the result may change with them")
_UNPROVEN = Text("未能证明没有更好的组合", "It could not be proven that no other choice pays more")
_TIES = Text("金额相同的其他选择：", "Other choices that pay the same:")
_MORE = Text("还可能有其他选择", "there may be more")
_SHARE = Text("{rule} {paid}", "{rule} {paid}")
_MARKS: Mapping[str, str] = {"taken": "✓", "reduced": "✓", "not_met": "✗", "left_out": "✗"}
_AND, _LIST = Text("；", "; "), Text("、", ", ")


@dataclass(frozen=True)
class BundleWording:
    """Says what becomes of the rules of a plan."""

    plan: Plan

    def said(self, item: Item) -> Item:
        """Return the item with its sentence."""
        why = joined(map(self._why, item.because), _AND)
        amount = Text("", "") if item.amount is None else money(item.amount)
        values = {
            "paid": money(item.paid),
            "amount": amount,
            "why": why,
            "bring": self._bring(item),
        }
        return replace(item, text=said(_STATUS[item.status], **values))

    def _bring(self, item: Item) -> Text:
        facts = joined(map(self._paper, item.missing), _LIST)
        return said(_BRING, facts=facts) if item.missing else _CANNOT

    def _paper(self, name: str) -> Text:
        if name not in self.plan.catalogue:
            return self.title(name.removeprefix("rule:"))
        fact = self.plan.catalogue[name]
        return said(_PAPER, fact=fact.label, proof=fact.series.proof.text)

    def _why(self, because: Because) -> Text:
        rules = joined(map(self.title, because.rules), _LIST)
        limit = _NO_LIMIT if because.limit is None else money(because.limit)
        why = said(self._template(because), rules=rules, limit=limit)
        parts = [why, *map(self._had, because.received)]
        return said(_WITH_LABEL, why=joined(parts, _AND), label=because.label)

    def _template(self, because: Because) -> Text:
        if because.rules and because.kind == "same_expense":
            return _ONE_EXPENSE
        if because.rules and because.kind == "once_in":
            return _ONCE_TOGETHER
        return _KINDS[because.kind]

    def _had(self, one: Received) -> Text:
        day, rule = Text(*[one.granted_on.isoformat()] * 2), self.title(one.rule)
        if one.amount is None:
            return said(_HAD_UNKNOWN, day=day, rule=rule)
        return said(_HAD_AMOUNT, day=day, rule=rule, amount=money(one.amount))

    def title(self, rule: str) -> Text:
        """Return the title of a rule in quotation marks, its id where it is not in force."""
        known = self.plan.by_id.get(rule)
        return said(_QUOTED, name=known.rule.title.text if known else Text(rule, rule))


def render_bundle(bundle: Bundle, plan: Plan) -> Text:
    """Write a bundle as lines."""
    return joined(_lines(bundle, BundleWording(plan)), Text("\n", "\n"))


def _lines(bundle: Bundle, wording: BundleWording) -> Iterator[Text]:
    for item in bundle.items:
        mark = Text(*[_MARKS.get(item.status, "?" if item.missing else "·")] * 2)
        yield said(_LINE, mark=mark, title=item.title, text=item.text)
    yield said(_TOTAL, total=money(bundle.total))
    if not bundle.complete:
        yield _OPEN
    if not bundle.proven:
        yield _UNPROVEN
    yield from _ties(bundle, wording)


def _ties(bundle: Bundle, wording: BundleWording) -> Iterator[Text]:
    first, *others = bundle.ties
    if others:
        yield _TIES
    for tie in others:
        changed = [share for share in tie if share not in first]
        shares = (said(_SHARE, rule=wording.title(s.rule), paid=money(s.paid)) for s in changed)
        yield said(Text("- {shares}", "- {shares}"), shares=joined(shares, _LIST))
    if bundle.more_ties:
        yield _MORE
