"""The reading rules: their examples hold, a zone adds its own, faults are named."""

from pathlib import Path

import pytest

from openzone.engines.reading.pages.reader import read_page
from openzone.engines.rules.problems import PackError
from openzone.packs.reading import files, reading
from openzone.packs.reading_examples import wrong_examples

NEW = """
verified: K
attributes:
  - {id: drone_flights, label: {zh: 无人机架次, en: drone flights}, kinds: [count], type: indicator,
     words: [无人机飞行], examples: [{text: 示例园区完成无人机飞行300架, value: 300}]}
"""


def zone(folder: Path, **texts: str) -> Path:
    (folder / "reading").mkdir()
    for name, text in texts.items():
        (folder / "reading" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def test_every_example_is_read_as_its_rule_says() -> None:
    assert [str(problem) for problem in wrong_examples()] == []


def test_every_attribute_is_told_once_and_most_have_examples() -> None:
    rules = files()["attributes.yaml"].attributes
    names = [rule.id for rule in rules]
    assert len(names) == len(set(names))
    assert sum(bool(rule.examples) for rule in rules) > 0.9 * len(rules)


def test_a_zone_adds_an_attribute_without_code(tmp_path: Path) -> None:
    folder = zone(tmp_path, attributes=NEW)
    facts = read_page("示例园区完成无人机飞行300架。", reading(folder)).facts
    assert ("drone_flights", 300) in {(fact.attribute, fact.value) for fact in facts}
    assert [str(problem) for problem in wrong_examples(folder)] == []
    assert "drone_flights" not in reading().attributes


def test_a_zone_adds_words_and_names(tmp_path: Path) -> None:
    names = "zones: {known: [示例湾]}\nenterprises: {brands: [示例牌]}\n"
    found = reading(zone(tmp_path, names=names)).names
    assert {"示例湾", "中关村"} <= found.known_zones
    assert {"示例牌", "华为"} <= set(found.brands)


def test_a_zone_changes_a_weight(tmp_path: Path) -> None:
    changed = reading(zone(tmp_path, subjects="weights: {headline: 9.5}\n")).subjects
    assert changed.weights["headline"] == 9.5
    assert changed.weights["clause_topic"] == reading().subjects.weights["clause_topic"]


def test_a_wrong_example_is_told(tmp_path: Path) -> None:
    wrong = NEW.replace("value: 300", "value: 301")
    (problem,) = wrong_examples(zone(tmp_path, attributes=wrong))
    assert "drone_flights" in str(problem)


@pytest.mark.parametrize("value", ["补充协议", "战略协议"])
def test_a_zone_adds_words_of_statements_with_their_examples(tmp_path: Path, value: str) -> None:
    text = "示例高新区与示例集团订立补充协议"
    own = f"agreements: {{verbs: [订立], examples: [{{text: {text}, value: {value}}}]}}\n"
    wrong = [str(problem) for problem in wrong_examples(zone(tmp_path, texts=own))]
    assert len(wrong) == (value not in text)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("periods", "periods:\n  - {id: bad, pattern: '(', value: x, examples: []}\n", "“bad”"),
        ("attributes", "attributes:\n  - {id: lost, words: [甲], examples: []}\n", "“lost”"),
        ("subjects", "least: viel\n", "least"),
        ("units", "units: [\n", "YAML"),
        ("unit", "units: []\n", "no such file"),
    ],
)
def test_faults_name_file_rule_and_reason(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(PackError) as error:
        reading(zone(tmp_path, **{name: text}))
    told = "\n".join(map(str, error.value.problems))
    assert said in told
    assert f"{name}.yaml" in told
