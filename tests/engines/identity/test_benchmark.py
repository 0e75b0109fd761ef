import re

import pytest

from benchmarks.identity_linkage import main


def test_linkage_makes_few_of_the_errors_of_plain_rapidfuzz(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--entries", "1500", "--queries", "1500", "--sample", "1500", "--seed", "3"])
    printed = capsys.readouterr().out
    ours = float(re.search(r"^openzone +P .*F1 (\S+)", printed, re.M)[1])  # type: ignore[index]
    theirs = float(re.search(r"raw names >= 85 +P .*F1 (\S+)", printed, re.M)[1])  # type: ignore[index]
    assert 1 - ours <= 0.15 * (1 - theirs)
    assert "decided same 0" in printed  # a bare short name is never merged
