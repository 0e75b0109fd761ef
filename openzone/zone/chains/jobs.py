"""What chains do in the background."""

from collections import Counter
from typing import Literal, cast

from django.utils import timezone
from django_tasks import TaskContext, task

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import PlacingRun
from openzone.zone.chains.services.proposing import (
    finish_run,
    keep_proposals,
    note_chain,
    read_chain,
    texts_for,
)
from openzone.zone.jobs.pacing import paced
from openzone.zone.jobs.progress import report_progress
from openzone.zone.jobs.worker import effects

Kind = Literal["user", "system", "command"]
READING = Text("正在比对：{chain}", "reading firms against {chain}")


@task(takes_context=True, atomic=False)
def place_all(context: TaskContext, run: int, actor: list[str]) -> dict[str, dict[str, int]]:
    """Read the firms against the chains of a run; ``actor`` is ``[kind, id, label]``.

    What is found is written in short transactions with rests between them. Repeated after a
    crash, what was written already is found again and adds nothing.
    """
    asked = PlacingRun.objects.get(pk=run)
    kind, identifier, label = actor
    who = Actor(cast(Kind, kind), identifier, label)
    texts = texts_for(asked)
    for number, chain in enumerate(asked.chains):
        report_progress(context, number, len(asked.chains), READING.format(chain=chain))
        found, counts = read_chain(asked, chain, texts), Counter[str]()
        for piece in paced(found.pieces()):
            with effects(context):
                counts += keep_proposals(actor=who, run=asked, found=piece, now=timezone.now())
        with effects(context):
            note_chain(actor=who, run=asked, found=found, counts=counts)
    with effects(context):
        finish_run(actor=who, run=asked, now=timezone.now())
    return dict(asked.results)
