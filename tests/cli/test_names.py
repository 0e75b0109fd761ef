"""``openzone names link``: whom a name means, and what is no registry."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

REGISTRY = "编号,企业名称,简称\n1,湖北示例动力有限公司,\n2,荆门市示范新材料有限公司,示范\n"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "registry.csv"
    path.write_text(REGISTRY, "utf-8")
    return path


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q.txt", "湖北示例动力有限公司\n\n示范\n远方不存在集团\n"),
        ("q.csv", "名称\n湖北示例动力有限公司\n示范\n远方不存在集团\n"),
        ("q.json", '["湖北示例动力有限公司", {"name": "示范"}, {"query": "远方不存在集团"}]'),
        ("q.jsonl", '"湖北示例动力有限公司"\n{"name": "示范"}\n"远方不存在集团"\n'),
    ],
)
def test_a_name_means_one_enterprise_may_mean_one_or_nobody(
    run: Command, registry: Path, name: str, text: str
) -> None:
    answer = run("names", "link", "--registry", registry, "--queries", write(name, text), "--json")
    found = json.loads(answer.out)
    assert [(one["decision"], one["match"]) for one in found] == [
        ("same", "1"), ("review", None), ("none", None),
    ]  # fmt: skip
    assert found[1]["candidates"][0]["id"] == "2"
    assert set(found[1]["candidates"][0]["reason"]) == {"zh", "en"}


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("q.csv", "没有这样的列\n1\n", "q.csv"),
        ("q.csv", "名称,编号\n,1\n", "row 2 has no name"),
        ("q.csv", "名称\n", "no"),
        ("q.json", "{", "not valid JSON"),
        ("q.json", "[3]", "should be an object"),
    ],
)
def test_what_cannot_be_read_is_named(
    run: Command, registry: Path, file: str, text: str, said: str
) -> None:
    answer = run("names", "link", "--registry", registry, "--queries", write(file, text), "--json")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("编号,名称\n1,甲有限公司\n1,乙有限公司\n", "“1” occurs twice"),
        ("编号,名称\n1,\n", "row 2 has no name"),
        ("名称,信用代码\n甲有限公司,91510100MA61U00000\n", "row 2: the credit code"),
    ],
)
def test_a_registry_that_cannot_be_used_is_refused(run: Command, text: str, said: str) -> None:
    registry, asked = write("r.csv", text), write("q.txt", "甲有限公司")
    answer = run("names", "link", "--registry", registry, "--queries", asked)
    assert (answer.code, said in answer.err) == (2, True), answer.err
