"""An enterprise's page of policies with 200 rules, beside a page that asks for nothing.

    python -m benchmarks.my_policies [--rules 200] [--visits 200]

The demo zone is loaded into a folder of its own, with more made-up rules and items of the same
kind until there are so many. Each visit is one request through the whole site with Django's test
client, to another enterprise; visits to the two pages alternate, so that both meet the same load.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

BARE = "/about/"


def main() -> None:
    """Load the zone, then print the times of both pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=int, default=200)
    parser.add_argument("--visits", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="openzone-bench-") as folder:
        os.environ["OPENZONE_DATA"] = folder
        os.environ["OPENZONE_PACKS"] = str(_more_rules(Path(folder) / "packs", arguments.rules))
        _load(Path(folder))
        _measure(arguments.visits)


def _more_rules(folder: Path, wanted: int) -> Path:
    """Write copies of the demo's rules under other names, to be so many with all others."""
    from openzone.demo.policy_pack import FOLDER
    from openzone.packs.loading import NATIONAL

    made = sorted((FOLDER / "rules").glob("*.yaml"))
    lacking = wanted - len(made) - len(list((NATIONAL / "rules").glob("*.yaml")))
    (folder / "rules").mkdir(parents=True)
    for number in range(lacking):
        source = made[number % len(made)]
        name = f"{source.stem}_{number}"
        text = source.read_text(encoding="utf-8").replace(f"rule: {source.stem}", f"rule: {name}")
        (folder / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def _load(folder: Path) -> None:
    import datetime as dt

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openzone.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from openzone.demo.loading import load_demo

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    load_demo(folder, dt.date.today())  # noqa: DTZ011 - the day of the machine is the zone's
    _items()


def _items() -> None:
    """Publish an item for every rule that has none."""
    from openzone.zone.audit.actors import Actor
    from openzone.zone.policies.models import Document, Item
    from openzone.zone.policies.services.items import create_item, publish_item
    from openzone.zone.rulebook.packs import rules

    actor, document = Actor.system("benchmark"), Document.objects.get(code="demo-tech")
    taken = set(Item.objects.values_list("rule_id", flat=True))
    owner = document.issuers.get(leads=True).unit
    for rule in rules():
        if rule.rule not in taken:
            item = create_item(
                actor=actor,
                document=document,
                title=rule.title.zh,
                clause="示例",
                kind="subsidise",
                mode="fast",
                rule_id=rule.rule,
                owner=owner,
            )
            publish_item(actor=actor, item=item, on=document.issued_on)
    print(f"{len(rules())} rules, {Item.objects.count()} items")


def _measure(visits: int) -> None:
    from django.test import Client

    from openzone.zone.people.models import User
    from openzone.zone.registry.models import Enterprise

    client = Client(raise_request_exception=True)
    client.force_login(
        User.objects.get(username="centre"), backend="django.contrib.auth.backends.ModelBackend"
    )
    numbers = list(Enterprise.objects.order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(1).sample(numbers, visits)
    client.get(f"/enterprises/{chosen[0]}/policies/")  # the rules are compiled once per process
    times: dict[str, list[float]] = {"bare page": [], "my policies": []}
    for number in chosen:
        times["bare page"].append(_timed(lambda: client.get(BARE)))
        page = f"/enterprises/{number}/policies/"
        times["my policies"].append(_timed(lambda page=page: client.get(page)))
    for name, found in times.items():
        ordered = sorted(found)
        p95 = ordered[int(len(ordered) * 0.95)]
        print(
            f"{name}: median {statistics.median(found) * 1000:.0f} ms, "
            f"p95 {p95 * 1000:.0f} ms, worst {ordered[-1] * 1000:.0f} ms"
        )


def _timed(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    response = ask()
    took = time.perf_counter() - started
    assert response.status_code == 200, response  # type: ignore[attr-defined]
    return took


if __name__ == "__main__":
    main()
