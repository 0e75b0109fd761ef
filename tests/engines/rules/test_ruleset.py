"""A set of rules as an artefact: the same bytes for the same rules, and none that were altered."""

import datetime as dt
import hashlib
import json
import random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.loading import load_rules
from openzone.engines.rules.match import match
from openzone.engines.rules.problems import PackError
from openzone.engines.rules.publishing import check_publishing
from openzone.engines.rules.relations import load_relations
from openzone.engines.rules.ruleset import FORMAT, RuleSet
from openzone.engines.rules.schema import Rule
from openzone.packs.loading import national_catalogue, national_rules
from tests.engines.rules import strategies
from tests.engines.rules.sample import AS_OF, CATALOGUE, LABEL, clause, rule, version, written
from tests.engines.rules.test_agreement import RULE_SETS, columns_of

BIG = clause("big", fact="revenue_y1", gte="5000万")
NEW = clause("new", fact="registered_on", at_or_after={"as_of": "-3y"})
SHARE = clause("share", number={"ratio": ["rd_expense_y1", "revenue_y1"]}, gte="3.5%")
PAID = {"number": {"min": [{"mul": ["10%", "rd_expense_y1"]}, "200万"]}}
LOCAL = [
    rule("test.big", when=[BIG, NEW]),
    rule("test.money", version(when=[SHARE], amount=PAID)) | {"kind": "subsidise"},
    rule("test.more", version(when=[BIG], amount=PAID)) | {"kind": "subsidise"},
]
RELATION = {
    "id": "not-twice",
    "relation": "exclusive",
    "of": ["test.money", "test.more"],
    "label": LABEL,
    "source": {"title": "办法", "number": "示例〔2020〕1号", "issuer": "示例"},
    "effective_from": dt.date(2020, 1, 1),
    "verified": "L",
}


def set_of(texts: dict[str, str], relations: tuple[dict[str, Any], ...] = (RELATION,)) -> RuleSet:
    rules = load_rules(texts, CATALOGUE)
    related = load_relations(written({"relations": list(relations)}), "r.yaml", rules, CATALOGUE)
    return RuleSet(CATALOGUE, rules, related)


TEXTS = {f"{value['rule']}.yaml": written(value) for value in LOCAL}
SET = set_of(TEXTS)


def shuffled(value: Any) -> Any:
    """The same YAML mapping with its keys in another order; lists keep theirs."""
    if isinstance(value, dict):
        items = [(key, shuffled(each)) for key, each in value.items()]
        return dict(random.Random(7).sample(items, len(items)))
    return [shuffled(each) for each in value] if isinstance(value, list) else value


# ---- the digest ---------------------------------------------------------------------------


def test_files_layout_comments_order_and_spelling_of_numbers_do_not_matter() -> None:
    other = {
        f"copy/{number}.yaml": "# a comment\n" + yaml.safe_dump(shuffled(value), allow_unicode=True)
        for number, value in enumerate(reversed(LOCAL))
    }
    other = {name: text.replace("5000万", "0.5亿") for name, text in other.items()}
    assert set_of(other).digest == SET.digest
    assert set_of(other).to_bytes() == SET.to_bytes()


def test_what_is_written_out_although_it_is_the_default_does_not_matter() -> None:
    text = TEXTS["test.big.yaml"].replace(
        "  verified: L", "  verified: L\n  effective_to: null\n  notes: []"
    )
    text += "region: []\n"
    assert set_of(TEXTS | {"test.big.yaml": text}).digest == SET.digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("test.big.yaml", "5000万", "5001万"),
        ("test.big.yaml", "gte: 5000万", "gt: 5000万"),
        ("test.big.yaml", "-3y", "-36m"),
        ("test.big.yaml", "2020-01-01", "2020-01-02"),
        ("test.big.yaml", "zh: 条款", "zh: 条"),
        ("test.big.yaml", "verified: L", "verified: V"),
        ("test.money.yaml", "200万", "201万"),
        ("test.money.yaml", "10%", "11%"),
    ],
)
def test_whatever_a_rule_says_is_in_the_digest(file: str, old: str, new: str) -> None:
    assert old in TEXTS[file]
    assert set_of(TEXTS | {file: TEXTS[file].replace(old, new)}).digest != SET.digest


def test_facts_and_relations_are_in_the_digest() -> None:
    assert set_of(TEXTS, ()).digest != SET.digest
    fewer = Catalogue(tuple(s for s in CATALOGUE.series if s.name != "land"))
    assert RuleSet(fewer, SET.rules, SET.relations).digest != SET.digest


def test_the_digest_is_the_sha256_of_the_canonical_content() -> None:
    content = json.loads(SET.to_bytes())
    digest = content.pop("digest")
    del content["digests"]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest == SET.digest == hashlib.sha256(text.encode()).hexdigest()


# ---- the round trip -----------------------------------------------------------------------


def test_an_artefact_gives_back_the_set_and_its_answers() -> None:
    again = RuleSet.from_bytes(SET.to_bytes())
    assert again == SET
    assert again.digest == SET.digest
    columns = columns_of([{"revenue_y1": 5e7, "rd_expense_y1": 5e6, "registered_on": AS_OF}, {}])
    assert list(match(again.plan_on(AS_OF), columns)) == list(match(SET.plan_on(AS_OF), columns))


def test_the_national_rules_make_the_round_trip() -> None:
    whole = RuleSet(national_catalogue(), national_rules())
    again = RuleSet.from_bytes(whole.to_bytes())
    assert again == whole
    assert again.plan_on(AS_OF).digest == whole.plan_on(AS_OF).digest


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(RULE_SETS, st.lists(strategies.rows(), min_size=1, max_size=4))
def test_random_rules_make_the_round_trip(
    versions: dict[str, dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    rules = [
        Rule.model_validate(rule(name, value) | {"kind": kind(value)})
        for name, value in versions.items()
    ]
    chosen = RuleSet(CATALOGUE, sound(rules))
    again = RuleSet.from_bytes(chosen.to_bytes())
    assert again == chosen
    columns = columns_of(rows)
    assert list(match(again.plan_on(AS_OF), columns)) == list(match(chosen.plan_on(AS_OF), columns))


def kind(value: dict[str, Any]) -> str:
    return "classify" if "classify" in value else "subsidise"


def sound(rules: list[Rule]) -> tuple[Rule, ...]:
    """The rules that would be published: without problems of their own or with each other."""
    left = tuple(rules)
    while bad := {c.rule for c in check_publishing(left, (), CATALOGUE) if c.severity == "problem"}:
        left = tuple(one for one in left if one.rule not in bad)
    return left


@given(
    st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,6})?(元|万|亿|%)", fullmatch=True)
    | st.floats(allow_nan=False, allow_infinity=False)
)
def test_a_number_is_read_again_from_its_canonical_spelling(raw: str | float) -> None:
    number = Quantity.parse(raw)
    assert Quantity.parse(number.written) == number


# ---- what is refused ----------------------------------------------------------------------


def refusals(data: bytes) -> list[str]:
    with pytest.raises(PackError) as caught:
        RuleSet.from_bytes(data, "a.json")
    assert all(problem.reason.zh for problem in caught.value.problems)
    return [f"{problem.file}: {problem.reason.en}" for problem in caught.value.problems]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_byte_can_be_changed_added_or_taken_away(data: st.DataObject) -> None:
    whole = SET.to_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.binary(min_size=0, max_size=2))
    altered = whole[:at] + byte + whole[at + 1 :]
    if altered != whole:
        assert refusals(altered)


WAS = "the set of rules was altered"


def altered(old: str, new: str) -> bytes:
    text = SET.to_bytes().decode()
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a set of rules (not JSON)"),
        (b"\xff\xfe", "not a set of rules (not JSON)"),
        (b"[1, 2]", "not a set of rules (keys missing or too many: format)"),
        (b'{"format": NaN}', "not a set of rules (not JSON)"),
        (b"[" * 100_000, "not a set of rules (not JSON)"),
        (
            altered(FORMAT, "openzone-ruleset/9"),
            f"the format is openzone-ruleset/9; this program reads {FORMAT}",
        ),
        (altered("50000000元", "60000000元"), f"{WAS}: rule test.big does not fit its digest"),
        (altered("营业收入", "营业支出"), f"{WAS}: series revenue does not fit its digest"),
        (altered("exclusive", "higher_of"), f"{WAS}: relation not-twice does not fit its digest"),
        (
            SET.to_bytes() + b"\n",
            f"{WAS}: not the canonical bytes (spaces, order or numbers)",
        ),
        (
            altered('"digest":"', '"digest":"0'),
            f"{WAS}: the content does not fit the digest of the whole",
        ),
        (
            altered('"digests"', '"digest2"'),
            f"{WAS}: keys missing or too many: digest2, digests",
        ),
    ],
)
def test_what_was_altered_is_named(data: bytes, reason: str) -> None:
    assert refusals(data) == [f"a.json: {reason}"]


def forged(change: Any) -> bytes:
    """An artefact made by somebody who also computes the digests anew."""
    content = json.loads(SET.to_bytes())
    change(content)
    del content["digest"], content["digests"]

    def digest(value: object) -> str:
        return hashlib.sha256(canonical(value).encode()).hexdigest()

    def canonical(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    parts = {f"series {s['name']}": digest(s) for s in content["catalogue"]}
    parts |= {f"rule {r['rule']}": digest(r) for r in content["rules"]}
    parts |= {f"relation {r['id']}": digest(r) for r in content["relations"]}
    whole = {**content, "digest": digest(content), "digests": parts}
    return f"{canonical(whole)}\n".encode()


def test_an_artefact_with_fitting_digests_is_still_checked_as_files_are() -> None:
    def unknown_fact(content: dict[str, Any]) -> None:
        content["rules"][0]["versions"][0]["when"]["all"][0]["fact"] = "revenu_y1"

    def no_title(content: dict[str, Any]) -> None:
        del content["rules"][0]["title"]

    def no_rule(content: dict[str, Any]) -> None:
        del content["rules"][1]

    (found,) = refusals(forged(unknown_fact))
    assert found.startswith("a.json: the fact catalogue has no revenu_y1; closest: revenue_y1")
    assert refusals(forged(no_title)) == ["a.json: this key is missing"]
    assert refusals(forged(no_rule))[0].startswith("a.json: there is no rule test.money")
    assert RuleSet.from_bytes(forged(lambda content: None)) == SET
