"""Tasks the tests run. Their effect is an event, so it can be counted."""

import time
from pathlib import Path

from django.db import transaction
from django_tasks import TaskContext, task

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.jobs.progress import report_progress
from openzone.zone.jobs.worker import effects


def happen(what: str) -> None:
    with transaction.atomic():
        record("test.ran", actor=Actor.system("tests"), subject=what)


@task
def note(what: str) -> str:
    happen(what)
    return f"{what} noted"


@task
def break_after_writing(what: str) -> None:
    happen(what)
    raise ZeroDivisionError(what)


@task
def refuse(what: str) -> None:
    happen(what)
    raise Refused(Text("不可以", "that cannot be"))


@task
def return_an_object() -> object:
    return object()


@task(takes_context=True)
def tell(context: TaskContext) -> int:
    report_progress(context, 3, 10, Text("第3步", "step 3"))
    return context.attempt


@task
def write_then_wait(what: str, folder: str) -> None:
    """Have an uncommitted effect, say so, and wait to be let go."""
    happen(what)
    _wait(folder)


@task
def wait_then_write(what: str, folder: str) -> None:
    _wait(folder)
    happen(what)


@task(atomic=False, takes_context=True)
def wait_then_write_apart(context: TaskContext, what: str, folder: str) -> None:
    _wait(folder)
    with effects(context):
        happen(what)


def _wait(folder: str) -> None:
    (Path(folder) / "started").touch()
    deadline = time.monotonic() + 60
    while not (Path(folder) / "go").exists():
        if time.monotonic() > deadline:
            raise TimeoutError("nobody let this job go")
        time.sleep(0.01)
