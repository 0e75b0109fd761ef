"""A rule on its way: a draft that waits for its second pair of eyes; tasks of a document."""

import datetime as dt
from decimal import Decimal

from openzone.demo.scenes.cast import Cast
from openzone.zone.policies.enums import TaskState
from openzone.zone.policies.services.tasks import add_task, change_task
from openzone.zone.rulebook.services.cases import set_case
from openzone.zone.rulebook.services.drafts import create_revision, edit
from openzone.zone.rulebook.services.publishing import submit

_RULE = "demo.tech_rd"
_BEFORE, _AFTER = "100万", "80万"


def draft(cast: Cast) -> None:
    """Let the service centre propose a lower threshold: leader or administrator approve it."""
    actor, user = cast.who("centre")
    begun = create_revision(
        actor=actor, by=user, rule_id=_RULE, title="降低研发投入补助门槛至80万元（示例）"
    )
    text = begun.text.replace(_BEFORE, _AFTER)
    current = edit(actor=actor, by=user, draft=begun, text=text, revision=begun.revision)
    set_case(
        actor=actor,
        by=user,
        draft=current,
        case=None,
        name="研发费用90万元、占比4.5%（示例）",
        on=max(cast.today, dt.date(cast.today.year, 3, 1)),
        facts={
            "registered_in": "510183",
            "on_abnormal_list": False,
            "on_dishonest_list": False,
            "rd_expense_y1": Decimal(900_000),
            "revenue_y1": Decimal(20_000_000),
        },
        outcome="met",
    )
    submit(actor=actor, by=user, draft=current, revision=current.revision)


def tasks(cast: Cast) -> None:
    """Give units tasks of a document: one done, one under way."""
    actor, _ = cast.who("centre")
    document = cast.document("demo-tech")
    issued = document.issued_on or cast.today
    done = add_task(
        actor=actor, document=document, title="发布申报指南（示例）",
        unit=cast.units["science"], due_on=max(issued, cast.day(90)), clause="第十条",
    )  # fmt: skip
    change_task(
        actor=actor, task=done, state=TaskState.DONE, on=cast.day(95), due_on=done.due_on
    )  # fmt: skip
    add_task(
        actor=actor, document=document, title="评估政策效果（示例）", unit=cast.units["economy"],
        due_on=cast.today + dt.timedelta(days=40), clause="第十一条",
    )  # fmt: skip
