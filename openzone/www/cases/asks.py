"""What a verb asks of who does it, as form fields; a type's own fields come on top.

The names are those the engine reads from an event. Where a type's action has a field of the same
name, the type's label and help count.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from openzone.engines.cases.fields import Choice, Condition, Field, FieldKind
from openzone.engines.cases.model import Action, CaseType, Verb
from openzone.engines.text import Text

LONG, SHORT, CHOICES = FieldKind.LONG_TEXT, FieldKind.TEXT, FieldKind.CHOICES

UPHELD: Condition = (("upheld", frozenset({"true"})),)
MOMENTS = frozenset({"until", "at"})
LINES = frozenset({"attempts", "documents"})
MARKS = frozenset({"satisfied"})
LOGICAL = frozenset({"upheld"})


def _ask(
    name: str, zh: str, en: str, kind: FieldKind = SHORT, *, required: bool = True,
    when: Condition = (), hint: Text | None = None,
) -> Field:  # fmt: skip
    most = Decimal(4000) if kind is LONG else Decimal(300) if kind is SHORT else None
    return Field(name, Text(zh, en), kind, (), required, when, hint, None, most)


REASON = _ask("reason", "理由", "Reason", LONG)
TEXT = _ask("text", "内容", "Text", LONG)
UNIT = _ask("unit", "交给哪个部门", "To which unit")
EVIDENCE = _ask("evidence", "佐证材料", "Evidence", FieldKind.FILE, required=False)
DOCUMENTS = _ask(
    "documents", "佐证文号", "Numbers of documents", LONG, required=False,
    hint=Text("每行写一个；可代替文件", "one a line; they may stand for files"),
)  # fmt: skip
FILES = _ask("files", "附件", "Files", FieldKind.FILE, required=False)
REMARK = _ask("remark", "评语", "Remark", LONG, required=False)
UNTIL = _ask("until", "最迟到", "Until", required=False)
PAUSE = _ask("reason", "等待的原因", "Why it waits")
DOCUMENT = _ask(
    "document", "依据文件", "Document", required=False,
    hint=Text("文号或文件名称；有的原因必须写明", "number or title; some reasons need one"),
)  # fmt: skip
UPHOLD = _ask("upheld", "是否成立", "Upheld", FieldKind.BOOLEAN)
ASKS: Mapping[Verb, tuple[Field, ...]] = {
    Verb.ROUTE: (UNIT, _ask("note", "交办意见", "Note", LONG, required=False)),
    Verb.DECLINE: (REASON,),
    Verb.OBJECT: (REASON,),
    Verb.RULE_OBJECTION: (
        UPHOLD,
        _ask("unit", "改派给", "Assign to", when=UPHELD, required=False),
        _ask("reason", "理由", "Reason", LONG, required=False),
    ),
    Verb.TRANSFER: (UNIT, REASON),
    Verb.HAND_OVER: (_ask("to", "交接给", "To"), REASON),
    Verb.ASK_REQUESTER: (
        _ask("what", "请对方补充什么", "What they are to bring", LONG), PAUSE, DOCUMENT, UNTIL,
    ),
    Verb.SUPPLY: (TEXT, FILES),
    Verb.WAIT: (_ask("third", "等待谁", "For whom"), PAUSE, DOCUMENT, UNTIL),
    Verb.RESUME: (_ask("text", "说明", "Note", LONG, required=False),),
    Verb.INVOLVE: (
        _ask("unit", "请哪个部门协办", "Which unit assists"),
        _ask("asks", "请其回答什么", "What it is asked", LONG),
    ),
    Verb.CONTRIBUTE: (_ask("text", "本部门的答复", "Answer of the unit", LONG), FILES),
    Verb.EXCUSE: (_ask("unit", "不再协办的部门", "Which unit is excused"), REASON),
    Verb.ASK_EXTENSION: (
        _ask("clock", "哪个时限", "Which clock"), _ask("until", "延长到", "Extend until"), REASON,
    ),
    Verb.GRANT_EXTENSION: (_ask("clock", "哪个时限", "Which clock"),),
    Verb.REFUSE_EXTENSION: (_ask("clock", "哪个时限", "Which clock"), REASON),
    Verb.ANSWER: (_ask("text", "答复", "Answer", LONG), FILES),
    Verb.PROPOSE: (_ask("text", "办理结果", "Result", LONG), EVIDENCE),
    Verb.CONFIRM: (_ask("satisfied", "满意度", "Satisfaction"), REMARK),
    Verb.CALL_BACK: (_ask("satisfied", "满意度", "Satisfaction"), REMARK),
    Verb.DISSATISFIED: (_ask("reason", "哪里不满意", "What is not right", LONG), FILES),
    Verb.LAPSE: (
        _ask(
            "attempts", "联系过几次，每行写一次", "Attempts to reach them, one a line", LONG,
            hint=Text("日期、方式、结果", "day, way, result"),
        ),
    ),
    Verb.CLOSE: (_ask("text", "办结说明", "Closing note", LONG, required=False), EVIDENCE),
    Verb.WITHDRAW: (_ask("reason", "理由", "Reason", LONG, required=False),),
    Verb.RATE: (_ask("satisfied", "满意度", "Satisfaction"), REMARK),
    Verb.ESCALATE: (
        _ask("level", "上报到哪一级", "To which level"), _ask("leader", "哪位领导", "Which leader"),
        _ask("reason", "理由", "Reason", LONG, required=False),
    ),
    Verb.SUPERVISE: (_ask("order", "督办要求", "Supervision order", LONG),),
    Verb.CALL_MEETING: (
        _ask("at", "时间", "When"), _ask("units", "参会部门", "Units called", CHOICES),
        _ask("agenda", "议题", "Agenda", LONG, required=False),
    ),
    Verb.HOLD_MEETING: (
        _ask("meeting", "哪次会议", "Which meeting"),
        _ask("attended", "实到部门", "Units that attended", CHOICES),
        _ask("minutes", "会议纪要", "Minutes", LONG),
    ),
    Verb.DECIDE: (
        _ask("task", "做什么", "What is to be done", LONG), _ask("owner", "责任部门", "Unit"),
        _ask("due", "完成日期", "Due", FieldKind.DATE),
        _ask("meeting", "哪次会议定的", "Decided at", required=False),
    ),
    Verb.FINISH_TASK: (_ask("task", "哪项任务", "Which task"), EVIDENCE),
    Verb.NOTE: (TEXT, FILES),
    Verb.PRIORITISE: (_ask("level", "优先级", "Priority"), REASON),
    Verb.APPEAL: (_ask("reason", "申诉理由", "Why it should be looked at again", LONG),),
    Verb.RULE_APPEAL: (
        UPHOLD, REASON, _ask("unit", "改派给", "Assign to", when=UPHELD, required=False),
    ),
}  # fmt: skip
ELSEWHERE = frozenset({Verb.OPEN, Verb.MERGE, Verb.TAKE_IN, Verb.UNMERGE, Verb.SPLIT})
"""Verbs that have pages of their own."""


def fields_of(action: Action, type_: CaseType) -> tuple[Field, ...]:
    """Return what an action asks, the verb's own first."""
    own = {field.id: field for field in action.form}
    asked = tuple(own.get(field.id, field) for field in ASKS.get(action.verb, ()))
    if action.verb is Verb.PROPOSE and not action.outcome:
        asked = (_outcome(type_), *asked)
    if EVIDENCE in asked and action.documents:
        asked += (DOCUMENTS,)
    elif _needs_proof(action, type_):
        asked = tuple(replace(one, required=True) if one is EVIDENCE else one for one in asked)
    names = {field.id for field in asked}
    return asked + tuple(field for field in action.form if field.id not in names)


def _needs_proof(action: Action, type_: CaseType) -> bool:
    solved = action.verb is Verb.PROPOSE and action.outcome == "solved"
    return bool(action.evidence or (solved and type_.closing.evidence)) or (
        action.verb is Verb.FINISH_TASK
    )


def _outcome(type_: CaseType) -> Field:
    choices = tuple(Choice(name, label) for name, label in type_.outcomes.items())
    return Field("outcome", Text("结果", "Outcome"), FieldKind.CHOICE, choices, required=True)
