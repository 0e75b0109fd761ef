"""What every service of evaluations does: the cycle, locked, and the line in the log."""

from collections.abc import Mapping

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.evaluations.enums import CycleState
from openzone.zone.evaluations.models import Cycle

DONE = Text(
    "该评价已是“{zh}”状态，请刷新后再操作",
    "the evaluation is “{en}” already; reload and look again",
)
WHY = Text("请说明理由", "give a reason")
_STATES = {
    CycleState.GATHERING: Text("数据归集中", "data being gathered"),
    CycleState.POSTED: Text("用地面积公示中", "land areas posted"),
    CycleState.LOCKED: Text("数据已锁定", "data locked"),
    CycleState.PUBLISHED: Text("初评名单公布，异议期", "preliminary list, objections possible"),
    CycleState.FINAL: Text("最终名单", "final list"),
}


def locked(cycle: Cycle, *states: CycleState) -> Cycle:
    """Lock a cycle and read it anew; refuse one that is in another state by now."""
    fresh = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if fresh.state not in states:
        said = _STATES[CycleState(fresh.state)]
        raise Refused(DONE.format(zh=said.zh, en=said.en))
    return fresh


def ensure_allowed(decision: tuple[bool, Text], field: str = "") -> None:
    """Refuse what a permission denies, with its reason."""
    allowed, reason = decision
    if not allowed:
        raise Refused(reason, field=field)


def ensure_said(text: str, field: str = "reason") -> str:
    """Refuse an empty text."""
    if not text.strip():
        raise Refused(WHY, field=field)
    return text.strip()


def note(action: str, actor: Actor, cycle: Cycle, **payload: JSON) -> None:
    """Write the line in the log."""
    said: Mapping[str, JSON] = payload
    record(f"evaluations.{action}", actor=actor, subject=f"cycle:{cycle.pk}", payload=dict(said))
