"""``openzone water classify``: the class of each sample, or every reason why not."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

SAMPLES = (
    "断面,采样日期,水体类型,目标类别,pH,DO,CODMn,COD,BOD5,NH3-N,TP\n"
    "示例断面甲,2026-03-05,河流,Ⅲ类,7.2,5.5,5,14,2,0.6,0.15\n"
    "示例断面乙,2026-03-05,湖库,III,7.2,8,3,14,2,0.025L,0.06\n"
    "示例断面丙,2026-03-05,,II,7.2,8,3,,2,<0.05,0.05\n"
)


def write(text: str, name: str = "samples.csv") -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


def test_each_sample_has_a_class_what_decides_it_and_its_target(run: Command) -> None:
    one, two, three = json.loads(run("water", "classify", write(SAMPLES), "--json").out)
    assert (one["class"], one["meets"], one["complete"]) == ("III", True, True)
    assert one["deciding"] == ["dissolved_oxygen", "permanganate", "ammonia", "phosphorus"]
    assert one["items"]["cod"]["class"] == "I"
    assert (two["class"], two["meets"], two["items"]["ammonia"]["value"]) == ("IV", False, 0.0125)
    assert two["items"]["phosphorus"]["over"] == pytest.approx(0.2)
    assert (three["class"], three["meets"], three["missing"]) == ("II", None, ["cod"])


def test_programs_may_send_objects(run: Command) -> None:
    path = write('[{"section": "a", "body": "lake", "values": {"tp": 0.1, "TN": "0.4"}}]', "s.json")
    (found,) = json.loads(run("water", "classify", path, "--json").out)
    assert (found["class"], found["deciding"]) == ("IV", ["phosphorus"])


def test_people_get_a_sentence(run: Command) -> None:
    said = run("water", "classify", write(SAMPLES)).out.splitlines()
    assert said[0].startswith("示例断面甲 2026-03-05: class III, by dissolved oxygen")
    assert said[2].endswith("target unknown, missing chemical oxygen demand")


def test_columns_may_carry_the_unit_of_their_item(run: Command) -> None:
    text = (
        "断面,pH（无量纲）,溶解氧（DO）,DO（%）,化学需氧量（mg/L）,氨氮 mg/L,总磷(以P计),汞mg/L\n"
        "甲,7,6.8,60,14,0.1,0.02,2e-05\n"
    )
    (found,) = json.loads(run("water", "classify", write(text), "--json").out)
    assert {name: one["value"] for name, one in found["items"].items()} == {
        "ph": 7, "dissolved_oxygen": 6.8, "cod": 14, "ammonia": 0.1, "phosphorus": 0.02,
        "mercury": 0.00002,
    }  # fmt: skip
    assert (found["class"], found["deciding"]) == ("II", ["dissolved_oxygen"])


def test_a_column_that_is_not_read_is_named(run: Command) -> None:
    answer = run("water", "classify", write("断面,COD,汞（μg/L）\n甲,14,0.05\n"), "--json")
    assert (answer.code, "汞（μg/L）” is not known" in answer.err) == (0, True)
    assert list(json.loads(answer.out)[0]["items"]) == ["cod"]


def test_a_sample_of_which_nothing_was_measured_has_no_class(run: Command) -> None:
    text = "断面,目标类别,COD,TP\n甲,3类,未测,未测\n"
    (found,) = json.loads(run("water", "classify", write(text), "--json").out)
    assert (found["class"], found["target"], found["meets"]) == (None, "III", None)
    assert {"cod", "phosphorus"} <= set(found["missing"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "断面,目标类别,COD\n甲,劣Ⅴ类,3\n",
            "there is no class “劣Ⅴ类”; known are I、II、III、IV、V",
        ),
        ("断面,COD\n甲,很多\n", "row 2, column cod: “很多” is no number"),
        ("断面,目标类别,COD\n甲,六类,3\n", "row 2, column target: there is no class “六类”"),
        ("断面,COD\n甲,\n", "row 2: nothing was measured"),
        ("断面,COD\n甲,-3\n", "is no number"),
        ("断面,COD\n", "no"),
    ],
)
def test_what_cannot_be_judged_is_named(run: Command, text: str, said: str) -> None:
    answer = run("water", "classify", write(text), "--json")
    assert (answer.code, answer.out, said in answer.err) == (2, "", True), answer.err
