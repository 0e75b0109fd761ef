"""Class cuts as places published them: so many firms, so many in each class."""

from collections import Counter
from decimal import Decimal

import pytest

from openzone.engines.scoring.evaluating import evaluate
from openzone.engines.scoring.model import Entry, Scored
from openzone.packs.scoring import scoring_pack


def points(group: str, *many: int) -> list[Entry]:
    return [Entry(f"{group}{n}", "", group, {"points": Decimal(n)}) for n in many]


def firms(scheme: str, size: int, group: str = "above") -> list[Entry]:
    """Firms of 10 mu that differ in every figure of the scheme, the first the best."""
    pack = scoring_pack(scheme, None)
    names = {one.numerator for each in pack.groups for one in each.indicators}
    below = {one.denominator for each in pack.groups for one in each.indicators} - {None}
    return [
        Entry(
            str(n), "", group,
            {name: Decimal(10_000) for name in below} | {name: Decimal(n) for name in names},
        )
        for n in range(size, 0, -1)
    ]  # fmt: skip


def classes(found: list[Scored]) -> dict[str | None, int]:
    return dict(Counter(one.class_ for one in found))


def test_jingning_has_the_numbers_it_published() -> None:
    scheme = scoring_pack("jingning_2022", None).scheme
    found = evaluate(scheme, [*points("above", *range(39)), *points("below", *range(28))])
    assert classes(found[:39]) == {"A": 11, "B": 21, "C": 7}
    assert classes(found[39:]) == {"A": 4, "B": 21, "D": 3}


def test_whom_the_published_numbers_leave_over_has_no_class_and_is_told() -> None:
    scheme = scoring_pack("jingning_2022", None).scheme
    found = evaluate(scheme, points("below", *range(36)))
    assert classes(found) == {"A": 4, "B": 21, "D": 3, None: 8}
    assert "不定类" in found[0].reason.zh


@pytest.mark.parametrize(
    ("scheme", "size", "counts"),
    [
        ("huaian_2024", 100, {"A": 20, "B": 40, "C": 35, "D": 5}),
        ("unnamed_city", 100, {"A": 25, "B": 45, "C": 25, "D": 5}),
        # at most 20 % is 4.6 → 4; at least 5 % is 1.15 → 2
        ("dezhou", 23, {"A": 4, "BC": 17, "D": 2}),
        ("dezhou", 100, {"A": 20, "BC": 75, "D": 5}),
    ],
)
def test_places_with_shares(scheme: str, size: int, counts: dict[str, int]) -> None:
    assert classes(evaluate(scoring_pack(scheme, None).scheme, firms(scheme, size))) == counts


def test_twenty_of_136_and_seven_of_49_are_excellent() -> None:
    """The numbers of three categories are not published; 30, 30 and 27 make up the 136."""
    scheme = scoring_pack("service_platforms_2022", None).scheme
    sizes = {"clusters": 49, "traditional": 30, "services": 30, "agriculture": 27}
    found = evaluate(
        scheme, [one for name, size in sizes.items() for one in points(name, *range(size))]
    )
    excellent = [one.entry.group for one in found if one.class_ == "excellent"]
    assert excellent.count("clusters") == 7
    assert len(found) == 136
    # Rounding each category down gives 7 + 4 + 4 + 4: the last one of 20 depends on the sizes.
    assert len(excellent) == 19
    even = {"clusters": 49, "traditional": 40, "services": 27, "agriculture": 20}
    found = evaluate(
        scheme, [one for name, size in even.items() for one in points(name, *range(size))]
    )
    assert sum(one.class_ == "excellent" for one in found) == 7 + 6 + 4 + 3 == 20


def test_level_at_the_quota_nobody_gets_in_and_it_is_told() -> None:
    scheme = scoring_pack("service_platforms_2022", None).scheme
    found = evaluate(
        scheme,
        [
            Entry(str(n), "", "clusters", {"points": Decimal(value)})
            for n, value in enumerate([90, *[80] * 8, *[70] * 40])
        ],
    )
    assert classes(found) == {"excellent": 1, "good": 48}
    assert [one.level for one in found[:10]] == [False, *[True] * 8, False]
