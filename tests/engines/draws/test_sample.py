import hashlib
import itertools
import subprocess
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.draws.sample import DrawError, draw, frame_hash, how_many

FRAME = {f"2026-{number:06d}": "rd" if number % 3 else "rent" for number in range(1, 31)}
SEED = "示例彩票2026134期 03 08 11 19 27 30 12"

names = st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs"]), min_size=1)
frames = st.dictionaries(names, st.sampled_from(["a", "b", "c"]), min_size=1, max_size=40)


def test_somebody_with_nothing_but_sha256_draws_the_same():
    """The documented method, written again without the engine."""
    lines = sorted(f"{stratum}\t{member}\n" for member, stratum in FRAME.items())
    fingerprint = hashlib.sha256("".join(lines).encode()).hexdigest()
    expected = []
    for stratum, share in (("rd", 4), ("rent", 2)):
        members = [member for member in FRAME if FRAME[member] == stratum]
        key = lambda member, s=stratum: hashlib.sha256(  # noqa: E731
            f"{SEED}\n{fingerprint}\n{s}\n{member}".encode()
        ).hexdigest()
        expected += sorted(members, key=key)[:share]
    assert [one.member for one in draw(FRAME, SEED, 20)] == expected


def test_the_tool_of_every_unix_gives_the_same_number():
    one = draw(FRAME, SEED, 1)[0]
    text = f"{SEED}\n{frame_hash(FRAME)}\n{one.stratum}\n{one.member}"
    said = subprocess.run(["sha256sum"], input=text.encode(), capture_output=True, check=True)
    assert said.stdout.decode().split()[0] == one.number


@given(frames, st.text(min_size=1).filter(str.strip), st.integers(1, 100))
def test_every_stratum_gives_its_share_and_nobody_twice(frame, seed, percent):
    found = draw(frame, seed, percent)
    assert len({one.member for one in found}) == len(found)
    assert all(frame[one.member] == one.stratum for one in found)
    sizes, drawn = Counter(frame.values()), Counter(one.stratum for one in found)
    assert drawn == {stratum: how_many(size, percent) for stratum, size in sizes.items()}


@given(frames, st.text(min_size=1).filter(str.strip), st.integers(1, 99), st.randoms())
def test_the_order_of_the_frame_does_not_matter_and_a_larger_share_keeps_who_was_drawn(
    frame, seed, percent, random
):
    shuffled = list(frame.items())
    random.shuffle(shuffled)
    assert draw(dict(shuffled), seed, percent) == draw(frame, seed, percent)
    smaller = {one.member for one in draw(frame, seed, percent)}
    assert smaller <= {one.member for one in draw(frame, seed, percent + 1)}


@given(frames.filter(lambda frame: len(frame) > 3))
def test_another_frame_is_another_draw(frame):
    less = dict(itertools.islice(frame.items(), len(frame) - 1))
    assert frame_hash(less) != frame_hash(frame)


def test_over_many_seeds_everybody_is_drawn_about_as_often():
    counts = Counter(
        one.member for number in range(600) for one in draw(FRAME, f"seed {number}", 10)
    )
    per_stratum = {"rd": 600 * 2 / 20, "rent": 600 * 1 / 10}
    assert set(counts) == set(FRAME)
    for member, stratum in FRAME.items():
        assert abs(counts[member] - per_stratum[stratum]) < 0.5 * per_stratum[stratum]


@pytest.mark.parametrize(
    ("frame", "seed", "percent", "reason"),
    [
        ({}, "s", 10, "nothing to draw from"),
        ({"a": "b"}, "  ", 10, "give a seed"),
        ({"a": "b"}, "s", 0, "from 1 to 100"),
        ({"a": "b"}, "s", 101, "from 1 to 100"),
        ({"a\nb": "c"}, "s", 10, "breaks"),
        ({"": "c"}, "s", 10, "empty"),
    ],
)
def test_a_draw_that_could_not_be_repeated_is_refused(frame, seed, percent, reason):
    with pytest.raises(DrawError, match=reason):
        draw(frame, seed, percent)
