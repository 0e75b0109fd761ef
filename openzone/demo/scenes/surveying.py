"""What enterprises think: the service of last quarter, the business environment, one case."""

import datetime as dt

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.papers import proof
from openzone.demo.scenes.visiting import key_firms
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services.acting import act
from openzone.zone.surveys.models import Survey
from openzone.zone.surveys.services.answering import answer, call_back
from openzone.zone.surveys.services.asking import ask_after_closing, open_survey
from openzone.zone.visits.enums import Condition, ContactKind
from openzone.zone.visits.services.cases import make_case
from openzone.zone.visits.services.findings import add_finding
from openzone.zone.visits.services.visits import record_contact

_OPENED, _ENVIRONMENT = 45, 10


def surveys(cast: Cast) -> None:
    """Ask about the service of last quarter, and about the business environment."""
    before = cast.today.replace(day=1, month=(cast.today.month - 1) // 3 * 3 + 1)
    last_quarter = before - dt.timedelta(days=1)
    service = open_survey(
        actor=cast.actor, form="service", day=last_quarter, today=cast.day(_OPENED)
    )
    _service_answers(cast, service)
    environment = open_survey(
        actor=cast.actor,
        form="environment",
        day=last_quarter,
        today=cast.day(_ENVIRONMENT),
        enterprises=[firm.pk for firm, _ in key_firms(cast)],
    )
    names = ("overall", "approvals", "policies", "market", "order")
    _answers(cast, environment, names, _ENVIRONMENT - 4, every=2)


def _service_answers(cast: Cast, survey: Survey) -> None:
    _answers(cast, survey, ("overall", "response", "undisturbed"), _OPENED - 10, every=9)
    actor, user = cast.who("centre")
    waiting = survey.invitations.filter(response__isnull=True).exclude(about_user=user)
    for invitation in waiting.order_by("pk")[:4]:
        call_back(
            actor=actor, user=user, invitation=invitation, reached=False, now=cast.at(_OPENED - 15)
        )


def _answers(cast: Cast, survey: Survey, names: tuple[str, ...], ago: int, *, every: int) -> None:
    """Let the enterprises answer, except each so-and-so-many-th, and the demo's firm."""
    asked = survey.invitations.exclude(enterprise=cast.firm).order_by("pk")
    for number, invitation in enumerate(asked):
        if number % every == every - 1:
            continue
        grade = "good" if number % 7 == 3 else "fair" if number % 23 == 11 else "very_good"
        answer(
            actor=Actor.of(cast.applicant),
            user=cast.applicant,
            invitation=invitation,
            answers=dict.fromkeys(names, grade),
            now=cast.at(ago),
            remark="服务及时（示例）" if number % 11 == 0 else "",
        )


def after_a_case(cast: Cast) -> None:
    """Let what came up at the demo's firm be solved, and ask the firm how it was."""
    actor, user = cast.who("centre")
    visit = record_contact(
        actor=actor, user=user, unit=cast.units["centre"], enterprise=cast.firm,
        kind=ContactKind.CALL, met_on=cast.day(9), summary="询问设备补贴（示例）",
        present="示例财务", condition=Condition.RUNNING, now=cast.at(9), today=cast.day(9),
    )  # fmt: skip
    finding = add_finding(
        actor=actor, user=user, visit=visit, topic="policy", text="设备补贴怎么申报（示例）",
        now=cast.at(9, 11),
    )  # fmt: skip
    case = make_case(actor=actor, user=user, finding=finding, now=cast.at(9, 11))
    case = act(actor=actor, case=case, action="accept", now=cast.at(8), user=user)
    case = act(
        actor=actor, case=case, action="finish", now=cast.at(5), user=user,
        data={"text": "已上门辅导，材料齐全（示例）"}, files=[proof("finish")],
    )  # fmt: skip
    owner, person = cast.who("qiye")
    case = act(
        actor=owner, case=case, action="confirm", now=cast.at(2), user=person,
        data={"satisfied": 5},
    )  # fmt: skip
    ask_after_closing(actor=cast.actor, case=case, today=cast.day(1))
