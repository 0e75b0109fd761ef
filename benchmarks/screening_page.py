"""The pages on which rules are written and enterprises found, at 100,000 enterprises.

    python -m benchmarks.screening_page [--enterprises 100000] [--folder DIR]

The record is that of ``registry_scale`` (``--folder`` uses it again). Every time is one request
through the whole site with Django's test client: middleware, form, checks, answers, template. The
form that is sent is the one the page shows, with one input changed.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from html.parser import HTMLParser

from benchmarks import registry_scale as scale

RULE = "cn.srdi_sme"
EDITS = 15


def main() -> None:
    """Build the record unless it is there, then print the times."""
    arguments = scale._arguments()
    with tempfile.TemporaryDirectory(prefix="openzone-bench-") as folder:
        os.environ["OPENZONE_DATA"] = arguments.folder or folder
        scale._prepare()
        scale._build(arguments.enterprises)
        from django.conf import settings

        settings.ALLOWED_HOSTS.append("testserver")
        _measure()


def _measure() -> None:
    draft = _draft()
    client = _visitor()
    page = f"/drafts/{draft}/edit/?as_of={scale.AS_OF}"
    ask = f"/drafts/{draft}/preview/?as_of={scale.AS_OF}"
    _report("editor opened first: the facts are read", [lambda: client.get(page)])
    _report("editor opened again", [lambda: client.get(page)] * 5)
    form = _Form.of(client.get(page).content.decode())
    limit = "when.all.1:value0"

    def edited(value: object, **others: str) -> Callable[[], object]:
        return lambda: client.post(ask, form | {limit: str(value)} | others)

    _report("first edit: facts of the day it takes effect", [edited(EDITS)])
    _report("a threshold changed", [edited(number) for number in range(EDITS)])
    subject = {"when.all.1:subject": "rd_expense_y2"}
    _report("a clause over another fact", [edited("100万", **subject)])
    fresh = [{"when.all.1:subject": name} for name in ("land_area", "registered_capital")]
    _report("a clause over a fact nobody asked for", [edited("1", **one) for one in fresh])
    listed = "/screening/?c0.fact=employees&c0.op=gte&c0.value={}"
    second = "&c1.fact=revenue_y1&c1.op=lt&c1.value=2亿"
    day = f"&as_of={scale.AS_OF}"
    _report("screening: first", [lambda: client.get(listed.format(1) + second + day)])
    screens = [listed.format(random.Random(n).randint(0, 9_000)) + second for n in range(EDITS)]
    _report("screening: a condition changed", [lambda s=s: client.get(s + day) for s in screens])
    near = f"/screening/?rule={RULE}&standing=near{day}"
    _report("screening by a rule, near misses", [lambda: client.get(near)] * 3)
    whole = f"/drafts/{draft}/?as_of={scale.AS_OF}"
    _report("rehearsal of all rules", [lambda: client.get(whole)] * 3)


def _visitor() -> object:
    """Return a client of somebody of the service centre."""
    from django.test import Client

    from openzone.zone.people.models import User

    client = Client(raise_request_exception=True)
    client.force_login(
        User.objects.get(username="centre"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def _draft() -> int:
    """Return a draft of a rule with many clauses, its author made where there is none."""
    from openzone.zone.audit.actors import Actor
    from openzone.zone.people.enums import Role, UnitKind
    from openzone.zone.people.models import User
    from openzone.zone.people.services import create_unit, create_user, grant_membership
    from openzone.zone.rulebook.models import RuleDraft
    from openzone.zone.rulebook.services.drafts import create_revision

    actor = Actor.system("benchmark")
    if not User.objects.filter(username="centre").exists():
        unit = create_unit(actor=actor, code="centre", name="示例中心", kind=UnitKind.CENTRE)
        made = create_user(actor=actor, username="centre")
        grant_membership(
            actor=actor, user=made, unit=unit, role=Role.CENTRE, valid_from=scale.AS_OF
        )
    by = User.objects.get(username="centre")
    kept = RuleDraft.objects.filter(rule=RULE).first()
    return (kept or create_revision(actor=actor, by=by, rule_id=RULE, title="示例")).pk


class _Form(HTMLParser):
    """The inputs of the editor's form, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._inside = self._area = ""

    @classmethod
    def of(cls, page: str) -> dict[str, str]:
        """Return the names and values of the form."""
        parser = cls()
        parser.feed(page)
        return parser.sent

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take inputs, the chosen options and the beginnings of text areas."""
        given = dict(attributes)
        if tag == "form":
            self._inside = given.get("id") or "other"
        if self._inside != "editor":
            return
        name = given.get("name") or ""
        if tag == "input" and name:
            self.sent[name] = given.get("value") or ""
        elif tag == "select":
            self._area = name
        elif tag == "option" and (self._area not in self.sent or "selected" in given):
            self.sent[self._area] = given.get("value") or ""
        elif tag == "textarea":
            self._area, self.sent[name] = name, ""

    def handle_data(self, data: str) -> None:
        """Take the text of a text area."""
        if self._inside == "editor" and self._area.startswith(("section.", "notes.")):
            self.sent[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a text area, a list, the form."""
        if tag in ("textarea", "select"):
            self._area = ""
        elif tag == "form":
            self._inside = ""


def _report(what: str, calls: list[Callable[[], object]]) -> None:
    times, processor = [], time.process_time()
    for call in calls:
        started = time.perf_counter()
        answer = call()
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, (what, answer.status_code)
    processor = (time.process_time() - processor) * 1000 / len(calls)
    print(
        f"  {what:46s} median {statistics.median(times):8.0f} ms  worst {max(times):8.0f} ms  "
        f"processor {processor:8.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main()
