"""What the services of targets and evaluations share: locks, evidence, the event."""

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.files.gate import FileRefusedError, check
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.performance.enums import RoundState
from openzone.zone.performance.models import Completion, Round, Target

CHANGED = Text(
    "该目标已由{who}于{at}更改，请刷新后再操作",
    "this target was changed already by {who} at {at}; reload and look again",
)
WITHDRAWN = Text("该目标已撤销", "this target was withdrawn")
DONE = Text(
    "该考核已是“{zh}”状态，请刷新后再操作",
    "the evaluation is “{en}” already; reload and look again",
)


def standing_target(target: Target) -> Target:
    """Lock a target's line; refuse a row that was replaced or withdrawn."""
    Target.objects.select_for_update().get(pk=target.root.pk)
    later = Target.objects.select_related("set_by").filter(replaces=target.pk).first()
    if later is not None:
        who = later.set_by.display_name or later.set_by.username
        raise Refused(CHANGED.format(who=who, at=f"{later.set_at:%Y-%m-%d %H:%M}"))
    if target.withdrawn:
        raise Refused(WITHDRAWN)
    return target


def locked(found: Round, state: RoundState) -> Round:
    """Lock an evaluation and read it anew; refuse one that is in another state by now."""
    fresh = Round.objects.select_for_update().get(pk=found.pk)
    if fresh.state != state:
        raise Refused(_done(RoundState(fresh.state)))
    return fresh


_STATES = {
    RoundState.OPEN: Text("模拟中", "simulated"),
    RoundState.CLOSED: Text("已锁定，待确认", "fixed, to be confirmed"),
    RoundState.CONFIRMED: Text("已确认，异议期", "confirmed, objections possible"),
    RoundState.FINAL: Text("最终结果", "final"),
}


def _done(state: RoundState) -> Text:
    said = _STATES[state]
    return DONE.format(zh=said.zh, en=said.en)


def keep(row: Completion, file_name: str, data: bytes) -> None:
    """Keep a file with a report once its content is what its name says."""
    try:
        found = check(file_name, data)
    except FileRefusedError as error:
        raise Refused(error.reason, field="file") from None
    row.name, row.sha256 = found.name, found.sha256
    row.file.save(found.name, ContentFile(data), save=False)


@transaction.atomic
def note(*, action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Leave the event of a service in the log."""
    record(f"performance.{action}", actor=actor, subject=subject, payload=payload)
