"""Work of the library in the background: asking addresses, making compendia."""

from typing import Literal, cast

from django.utils import timezone
from django_tasks import TaskContext, task

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.jobs.progress import report_progress
from openzone.zone.policies.links import Outcome, ask
from openzone.zone.policies.models import Compendium
from openzone.zone.policies.selectors.reports import addresses
from openzone.zone.policies.services.compendium import finish_compendium
from openzone.zone.policies.services.links import note_links

Kind = Literal["user", "system", "command"]
ASKING = Text("正在检查网址", "asking addresses")


@task(takes_context=True, atomic=False)
def check_links(context: TaskContext, actor: list[str]) -> int:
    """Ask every address of the library; return how many are dead. ``actor``: kind, id, label."""
    urls = addresses()
    outcomes: dict[str, Outcome] = {}
    for number, url in enumerate(urls, start=1):
        outcomes[url] = ask(url)
        report_progress(context, number, len(urls), ASKING)
    return note_links(actor=_actor(actor), outcomes=outcomes, at=timezone.now())


@task(takes_context=True, atomic=False)
def make_compendium(context: TaskContext, compendium: int, actor: list[str]) -> str:
    """Make the two files of a compendium; after a crash they are made entirely or not at all."""
    asked = Compendium.objects.get(pk=compendium)

    def progress(done: int, total: int, text: Text) -> None:
        report_progress(context, done, total, text)

    made = finish_compendium(actor=_actor(actor), compendium=asked, on_progress=progress)
    return str(made.status)


def _actor(parts: list[str]) -> Actor:
    kind, identifier, label = parts
    return Actor(cast(Kind, kind), identifier, label)
