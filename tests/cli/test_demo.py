"""``openzone demo``: from nothing to a zone that can be asked, and the same when asked again."""

import json
import re

import pytest

from tests.cli.conftest import Command
from tests.cli.zones import Zone


@pytest.mark.once  # tests/demo loads it on every database
def test_the_whole_demo(command: Command, bare_zone: Zone) -> None:
    zone = bare_zone
    first = command("demo", **zone.environment)
    ready, released = "The zone's database is ready.\n", "The packs are released (number 1).\n"
    assert (first.code, first.err) == (0, ready + released)
    head, *brief, password = first.out.splitlines()[:9]
    assert head == "Demo zone (all data synthetic, 示例)"
    assert all(line.startswith("  ") for line in brief)
    assert re.match(r"  3042 enterprises, \d{6} facts, \d{4}-\d\d-\d\d", brief[0])
    assert re.match(r"  58 rules: \d+ answers met", brief[1])
    assert brief[2].startswith("  High-tech enterprise: ")
    assert brief[3].startswith("  Most wanted fact: ")
    assert brief[4].startswith("  the log is intact: ")
    assert re.fullmatch(r"  21 policy documents, 63 items, \d+ applications", brief[5])
    assert re.fullmatch(r"  \d+ cases of \d+ types: \d+ closed, \d+ open", brief[6])
    assert password.startswith("Password of every login: demo-")

    before = zone.counts()
    second = command("demo", **zone.environment)
    assert second == first._replace(err=ready)
    assert zone.counts() == before

    asked = ("--enterprise", "DEMO-00042", "--rule", "cn.size_class", "--json")
    proof = json.loads(command("explain", *asked, **zone.environment).out)
    assert proof["id"] == "DEMO-00042"
    assert proof["name"].startswith("示例")
    assert proof["outcome"] in ("met", "unknown")
