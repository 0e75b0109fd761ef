"""Bands over one number: what overlaps, what is left out, what is fine."""

from typing import Any

import pytest

from openzone.engines.rules.check import check_version
from openzone.engines.rules.schema import Rule
from tests.engines.rules.sample import CATALOGUE, LABEL, clause, rule, version

ANY = {"fact": "patents", "gte": 1}
LEAST = {"large": {"employees": 100}, "medium": {"employees": 10}}


def of(**parts: Any) -> list[tuple[str, str]]:
    """The severity and English reason of every finding of a version."""
    written = rule("test.rule", version(**parts))
    checked = Rule.model_validate(
        written | {"kind": "classify" if "classify" in parts else "qualify"}
    )
    found = check_version(checked.versions[0], CATALOGUE)
    return [(finding.severity, finding.reason.en) for finding in found]


def size(fact: str = "revenue_y1", **tests: Any) -> dict[str, Any]:
    return {"fact": fact, **tests}


def cases(*whens: dict[str, Any], rest: bool = True) -> list[tuple[str, str]]:
    given = [{"when": when, "then": ANY} for when in whens]
    return of(when=[clause("c", cases=[*given, *([{"else": ANY}] if rest else [])])])


@pytest.mark.parametrize(
    ("whens", "span"),
    [
        (
            [size(lte="5000万"), size(gte="4000万", lte="2亿")],
            "from 40 million yuan and up to 50 million yuan",
        ),
        ([size(lte="5000万"), size(gte="5000万", lte="2亿")], "50 million yuan"),
        ([size(lt=10), size(gt=5, lt=99)], "above 5 yuan and below 10 yuan"),
        ([size(gte=10), size(gte=5, lt=12)], "from 10 yuan and below 12 yuan"),
        (
            [{"number": "revenue_y1", "lte": 10}, size(gt=9, lte=20)],
            "above 9 yuan and up to 10 yuan",
        ),
    ],
)
def test_bands_that_overlap_are_refused_with_what_they_share(
    whens: list[dict[str, Any]], span: str
) -> None:
    assert cases(*whens) == [("problem", f"overlaps the bands before it: {span} is already theirs")]


@pytest.mark.parametrize(
    "whens",
    [
        [size(lte="5000万"), size(lte="2亿")],
        [size(lte="5000万"), size(gt="5000万", lte="2亿")],
        [size(gte=100), size(gte=50), size(gte=10)],
        [size(gte=0, lte=3), size(gte=0, lte=10)],
        [size(eq=5), size(gte=0, lte=10)],
        [size(lte=5), size("employees", lte=3)],
        [size(lte=5), {"all": [size(gte=3), ANY]}],
    ],
)
def test_bands_read_one_after_the_other_are_fine(whens: list[dict[str, Any]]) -> None:
    assert cases(*whens) == []


@pytest.mark.parametrize(
    ("whens", "span"),
    [
        (
            [size(lte="5000万"), size(gt="6000万")],
            "above 50 million yuan and up to 60 million yuan",
        ),
        ([size(lt=5), size(gt=5)], "5 yuan"),
        ([size(gt=9), size(lt=3)], "from 3 yuan and up to 9 yuan"),
    ],
)
def test_a_gap_between_bands_is_refused(whens: list[dict[str, Any]], span: str) -> None:
    assert cases(*whens, rest=False) == [("problem", f"a gap between the bands: {span} is in none")]
    assert cases(*whens) == []


def test_an_open_end_is_a_warning() -> None:
    (found,) = cases(size(lte=5), size(gt=5, lte=9), rest=False)
    assert found == (
        "warning",
        "above 9 yuan is in no case and therefore not met; leave it if that is meant",
    )
    assert cases(size(lte=5), size(gt=5), rest=False) == []


def test_points_for_bands_that_overlap_are_refused() -> None:
    def choices(*whens: dict[str, Any]) -> list[tuple[str, str]]:
        points = [{"when": when, "points": 1} for when in whens]
        scores = {"s": {"label": LABEL, "max": 9, "points": points, "else": 0}}
        return of(scores=scores, when=[clause("c", **ANY)])

    assert choices(size(gte=10), size(gte=5, lt=12)) == [
        (
            "problem",
            "overlaps the bands before it: from 10 yuan and below 12 yuan is already theirs",
        )
    ]
    assert choices(size(gte=10), size(gte=5)) == []
    assert choices(size(gte=10), size(lt=5)) == []


def classified(*whens: dict[str, Any]) -> list[tuple[str, str]]:
    levels = ["large", "medium", "small"]
    rows = [{"id": f"r{n}", "label": LABEL, "when": when, **LEAST} for n, when in enumerate(whens)]
    labels = dict.fromkeys(levels, LABEL)
    return of(classify={"levels": levels, "labels": labels, "rows": rows})


def test_rows_of_a_classification_share_no_number_and_leave_none_between_them() -> None:
    assert classified(size(lte=5), size(gt=5)) == []
    assert classified(size(lte=5), size(lte=9)) == [
        ("problem", "overlaps the bands before it: up to 5 yuan is already theirs")
    ]
    assert classified(size(lte=5), size(gt=9)) == [
        ("problem", "a gap between the bands: above 5 yuan and up to 9 yuan is in none")
    ]
