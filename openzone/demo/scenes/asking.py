"""Spokespersons, what enterprises ask them, and the live sessions they hold."""

import datetime as dt

from openzone.demo.scenes.cast import PHONE, Cast, speaker
from openzone.zone.audit.actors import Actor
from openzone.zone.outreach.models import SessionQuestion
from openzone.zone.outreach.services.sessions import (
    Point,
    close_session,
    pass_on_questions,
    plan_session,
    register,
    set_programme,
)
from openzone.zone.spokespersons.enums import Rating
from openzone.zone.spokespersons.models import Spokesperson
from openzone.zone.spokespersons.services.answers import publish_reply, rate, reply
from openzone.zone.spokespersons.services.consultations import ask
from openzone.zone.spokespersons.services.register import appoint

SPEAKING = ("centre", "science", "industry", "economy", "talent", "market", "commerce", "finance")
# Item, question, days ago, answer, rating; no answer: it waits, and after some days it is overdue.
_ASKED = (
    ("demo-tech-rd", "研发费用按哪一年计算？（示例）", 40, "按上年度计算。（示例）", 5),
    ("demo-tech-hightech", "证书下月到期还能申请吗？（示例）", 33, "当日有效即可。（示例）", 4),
    ("demo-make-power", "用电补贴要提交发票吗？（示例）", 20, "免申即享，无需提交。（示例）", 2),
    ("demo-tech-rent", "租赁合同未备案是否可以申请？（示例）", 9, "", 0),
    ("demo-tech-patent", "专利受理阶段是否给予资助？（示例）", 0, "", 0),
    ("demo-srdi-reward", "市级认定是否同样奖励？（示例）", 0, "", 0),
)  # fmt: skip
_COMMENTS = (
    ("demo-tech-rd", "示例观众甲", "研发补助什么时候截止申报？（示例）"),
    ("demo-tech-rent", "示例观众乙", "房租补贴可以和研发补助同时享受吗？（示例）"),
)

_POINTS = (
    (0, "研发费用补助：谁能申请、怎么算（示例）"),
    (20, "房租补贴：合同与备案（示例）"),
    (40, "现场答疑（示例）"),
)


def spokespersons(cast: Cast) -> None:
    """Let every unit that answers for policies have somebody who does."""
    for number, code in enumerate(SPEAKING, start=1):
        appoint(
            actor=cast.actor,
            unit=cast.units[code],
            user=speaker(cast, code),
            phone=PHONE.format(number),
            valid_from=cast.day(365),
            appointment=f"示例高新办〔{cast.today.year}〕{number}号",
        )


def consultations(cast: Cast) -> None:
    """Let the demo's enterprise ask: some answered and rated, one overdue, some open."""
    actor, user = cast.who("qiye")
    for code, text, ago, answer, rating in _ASKED:
        asked = ask(
            actor=actor,
            text=text,
            now=cast.at(ago, 9 if ago else 0),
            enterprise=cast.firm,
            asked_by=user,
            item=cast.item(code),
        )
        if not answer:
            continue
        by = Spokesperson.objects.get(unit=asked.unit).user
        said = reply(
            actor=Actor.of(by), consultation=asked, text=answer, by=by,
            now=cast.at(ago - 1), on=cast.day(ago - 1),
        )  # fmt: skip
        rate(actor=actor, reply=said, rating=Rating(rating), now=cast.at(ago - 2))
        if rating > Rating.BAD:
            publish_reply(actor=Actor.of(by), reply=said, question=text, on=cast.day(ago - 2))


def sessions(cast: Cast) -> None:
    """Hold one live session with questions passed on, and plan another."""
    actor, user = cast.who("centre")
    chosen = [cast.item(code) for code in ("demo-tech-rd", "demo-tech-rent")]
    presenter = Spokesperson.objects.get(unit=cast.units["science"])
    held = plan_session(
        actor=actor, items=chosen, title="示例政策直播间：科技创新专场",
        starts_at=cast.at(6, 14), ends_at=cast.at(6, 15), presenter=presenter,
    )  # fmt: skip
    set_programme(
        actor=actor, session=held,
        points=[Point(held.starts_at + dt.timedelta(minutes=at), title) for at, title in _POINTS],
    )  # fmt: skip
    register(
        actor=Actor.of(cast.users["qiye"]), session=held, enterprise=cast.firm,
        by=cast.users["qiye"], now=cast.at(8),
    )  # fmt: skip
    close_session(
        actor=actor, session=held, now=cast.at(6, 16), viewers=238, comments=41,
        counted_by="示例直播平台后台统计",
    )  # fmt: skip
    questions = [
        SessionQuestion(
            text=text, name=name, item=cast.item(code), asked_at=cast.at(6, 14)
        )
        for code, name, text in _COMMENTS
    ]  # fmt: skip
    pass_on_questions(
        actor=actor, session=held, questions=questions, by=user, now=cast.at(6, 16)
    )  # fmt: skip
    plan_session(
        actor=actor, items=[cast.item("demo-make-power")], title="示例政策直播间：制造业专场",
        starts_at=cast.at(-7, 14), ends_at=cast.at(-7, 15),
        presenter=Spokesperson.objects.get(unit=cast.units["industry"]),
    )  # fmt: skip
