"""Who looks after whom: ten leaders with 55 key enterprises, 94 grids, visits, the board."""

import datetime as dt
from collections.abc import Iterator, Sequence

from openzone.demo.parameters import parameters
from openzone.demo.scenes.cast import PHONE, Cast
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Enterprise, PersonInCharge, Place
from openzone.zone.registry.services.enterprises import create_place
from openzone.zone.visits.enums import Condition, ContactKind, Duty, SessionKind
from openzone.zone.visits.models import Post, SiteSession
from openzone.zone.visits.selectors.coverage import propose_grids
from openzone.zone.visits.selectors.network import Network
from openzone.zone.visits.services import board
from openzone.zone.visits.services import visits as services
from openzone.zone.visits.services.assigning import assign, put_many_in_grids
from openzone.zone.visits.services.cases import make_case
from openzone.zone.visits.services.findings import add_finding, add_question
from openzone.zone.visits.services.roster import appoint
from openzone.zone.visits.services.sessions import hold_session, plan_session

KEY_FIRMS, LEADERS, GRIDS = 55, 10, 94
"""合肥经开: 55 key enterprises, 10 leaders, 94 grids."""
GRID_OFFICERS = 84
_A_COMMUNITY = 5
_LEFT_OUT = 12
_GRIDS_SINCE = 40


def network(cast: Cast) -> None:
    """Enter streets, communities and grids, put people on the roster, share the enterprises."""
    grids = list(_grids(cast))
    _leaders(cast)
    officers = [cast.users["handler"], *(_person(cast, n) for n in range(2, GRID_OFFICERS + 1))]
    for place, grid in enumerate(grids[:-1]):  # the last one still waits for an officer
        _appoint(cast, officers[place % len(officers)], Duty.GRID, grid)
    pairs = propose_grids(Network(cast.today)).pairs[:-_LEFT_OUT]
    put_many_in_grids(actor=cast.actor, pairs=pairs, valid_from=cast.day(_GRIDS_SINCE))


def _grids(cast: Cast) -> Iterator[Place]:
    """Yield 94 grids, spread over the parks as the enterprises are."""
    parks = parameters().parks
    total, given = sum(park.weight for park in parks), 0
    for number, park in enumerate(parks):
        last = number == len(parks) - 1
        share = GRIDS - given if last else round(GRIDS * park.weight / total)
        given += share
        yield from _of_park(cast, Place.objects.get(code=park.code), number + 1, share)


def _of_park(cast: Cast, park: Place, number: int, count: int) -> Iterator[Place]:
    street = _place(cast, f"demo-street-{number}", f"示例{number}街道", PlaceKind.STREET, park)
    _appoint(
        cast,
        _officer(cast, f"demo-street-{number}", f"{number}街道专员"),
        Duty.SERVICE_OFFICER,
        street,
    )
    for first in range(0, count, _A_COMMUNITY):
        code = f"demo-community-{number}-{first // _A_COMMUNITY + 1}"
        name = f"示例{number}街道第{first // _A_COMMUNITY + 1}社区"
        community = _place(cast, code, name, PlaceKind.COMMUNITY, street)
        for grid in range(first + 1, min(first + _A_COMMUNITY, count) + 1):
            yield _place(
                cast,
                f"demo-grid-{number}-{grid}",
                f"{number}-{grid}网格",
                PlaceKind.GRID,
                community,
            )


def _place(cast: Cast, code: str, name: str, kind: PlaceKind, parent: Place) -> Place:
    return create_place(actor=cast.actor, code=code, name=name, kind=kind, parent=parent)


def _person(cast: Cast, number: int) -> User:
    return _officer(cast, f"demo-grid-officer-{number}", f"网格员{number}")


def _officer(cast: Cast, username: str, name: str) -> User:
    return create_user(actor=cast.actor, username=username, display_name=f"示例{name}")


def _appoint(cast: Cast, user: User, duty: Duty, place: Place | None = None) -> Post:
    return appoint(
        actor=cast.actor,
        user=user,
        duty=duty,
        unit=cast.units["committee" if duty is Duty.SPONSOR else "centre"],
        place=place,
        phone=PHONE.format(1),
        valid_from=cast.day(365),
    )


def _leaders(cast: Cast) -> None:
    """Let ten leaders look after 55 key enterprises between them; the demo's firm has its own."""
    _appoint(cast, cast.users["centre"], Duty.SERVICE_OFFICER)
    others = [_officer(cast, f"demo-leader-{n}", f"领导{n}") for n in range(2, LEADERS + 1)]
    posts = [_appoint(cast, user, Duty.SPONSOR) for user in (cast.users["leader"], *others)]
    free = Enterprise.objects.filter(synthetic=True).exclude(pk__in=[*cast.taken, cast.firm.pk])
    for number, firm in enumerate(free.order_by("pk")[: KEY_FIRMS - 1], start=1):
        post = posts[number % LEADERS]
        assign(actor=cast.actor, enterprise=firm, post=post, valid_from=cast.day(365))
        cast.speak_for(firm)


def key_firms(cast: Cast) -> list[tuple[Enterprise, User]]:
    """Return the key enterprises with the leaders who look after them."""
    charges = PersonInCharge.objects.filter(role=Duty.SPONSOR, user__isnull=False)
    rows = charges.select_related("user", "subject__enterprise__root").order_by("pk")
    return [(row.subject.enterprise.root, row.user) for row in rows if row.user]


def visits(cast: Cast) -> None:
    """Let leaders visit and call, some of them late; one finding goes all the way."""
    firms = key_firms(cast)
    for number, (firm, user) in enumerate(firms):
        if number % 8 != 7:
            _met(cast, firm, user, ContactKind.VISIT, 35 - number % 5)
        if number % 9 != 8:
            _met(cast, firm, user, ContactKind.CALL, 30 + number % 6)
        if number % 3 == 0:
            _met(cast, firm, user, ContactKind.CALL, 6)
    _findings(cast, firms)
    _to_come(cast, firms)


def _met(cast: Cast, firm: Enterprise, user: User, kind: ContactKind, ago: int) -> None:
    lost = firm.pk % 23 == 0
    services.record_contact(
        actor=cast.actor,
        user=user,
        unit=cast.units["committee"],
        enterprise=firm,
        kind=kind,
        met_on=cast.day(ago),
        summary="电话无人接听（示例）" if lost else "了解生产经营、用工和政策需求（示例）",
        present="" if lost else "示例企业负责人",
        condition=Condition.LOST if lost else Condition.RUNNING,
        now=cast.at(ago, 15),
        today=cast.day(ago),
    )


def _findings(cast: Cast, firms: Sequence[tuple[Enterprise, User]]) -> None:
    said = (
        ("parking", "厂区周边停车难，早晚高峰货车无处停放（示例）", ""),
        ("municipal", "门口道路绿化遮挡视线（示例）", "已转告养护单位（示例）"),
        ("labour", "旺季缺工20人（示例）", ""),
    )
    for (firm, user), (topic, text, answer) in zip(firms, said, strict=False):
        visit = firm.visits.filter(kind=ContactKind.VISIT).order_by("pk").first()
        if visit is None:
            continue
        finding = add_finding(
            actor=cast.actor, user=user, visit=visit, topic=topic, text=text, answer=answer,
            now=cast.at(30),
        )  # fmt: skip
        if not answer:
            make_case(actor=cast.actor, user=user, finding=finding, now=cast.at(30, 11))


def _to_come(cast: Cast, firms: Sequence[tuple[Enterprise, User]]) -> None:
    """Plan visits, two units together; and let the demo's firm ask for one."""
    for number, (firm, user) in enumerate(firms[10:13]):
        visit = services.plan_visit(
            actor=cast.actor, user=user, unit=cast.units["committee"], enterprise=firm,
            planned_on=cast.today + dt.timedelta(days=2 + number), purpose="月度走访（示例）",
            today=cast.today,
        )  # fmt: skip
        if number == 0:
            services.join_visit(
                actor=cast.actor, visit=visit, user=cast.users["handler"],
                unit=cast.units["science"], purpose="了解研发项目（示例）",
            )  # fmt: skip
    actor, user = cast.who("qiye")
    services.invite(
        actor=actor, enterprise=cast.firm, wish="新生产线投产，请来看看用电负荷（示例）",
        first=cast.today, last=cast.today + dt.timedelta(days=14), asked_by=str(user),
        now=cast.at(1),
    )  # fmt: skip


def on_site(cast: Cast) -> None:
    """Hold a clinic and a village meeting, and plan the next clinic."""
    actor, user = cast.who("centre")
    firms = [firm for firm, _ in key_firms(cast)[20:26]]
    clinic = _session(cast, SessionKind.CLINIC, "益企诊所（示例）", 20)
    for number, firm in enumerate(firms):
        asked = add_question(
            actor=actor, user=user, session=clinic, enterprise=firm, now=cast.at(20, 11),
            topic=("finance", "policy", "labour")[number % 3], text="现场咨询（示例）",
            answer="已当场解答（示例）" if number % 2 else "",
        )  # fmt: skip
        if number % 2 == 0:
            make_case(actor=actor, user=user, finding=asked, now=cast.at(20, 12))
    hold_session(
        actor=actor, session=clinic, now=cast.at(20, 13), minutes="现场咨询，半数当场解答（示例）"
    )
    meeting = _session(cast, SessionKind.MEETING, "示例村坝坝会", 12)
    for text, answer in (("村道坑洼（示例）", ""), ("建议增设公交站（示例）", "已记录（示例）")):
        asked = add_question(
            actor=actor, user=user, session=meeting, topic="municipal", text=text, answer=answer,
            name="示例村民", now=cast.at(12, 11),
        )  # fmt: skip
        if not answer:
            make_case(actor=actor, user=user, finding=asked, now=cast.at(12, 12))
    hold_session(
        actor=actor, session=meeting, now=cast.at(12, 13), minutes="一一记录，逐条答复（示例）",
        attended=52, counted_how="签到表（示例）",
    )  # fmt: skip
    _session(cast, SessionKind.CLINIC, "益企诊所：用工专场（示例）", -6)


def _session(cast: Cast, kind: SessionKind, title: str, ago: int) -> SiteSession:
    return plan_session(
        actor=cast.actor, kind=kind, title=title, unit=cast.units["centre"],
        address="示例路1号", starts_at=cast.at(ago, 9), ends_at=cast.at(ago, 12),
    )  # fmt: skip


def challenges(cast: Cast) -> None:
    """Post three problems: one waits, one is worked on, one was solved."""
    actor, poster = cast.who("centre")
    told = (
        ("园区夜间停车难（示例）", "夜间车位不足，商场车位闲置", "错时共享方案"),
        ("中小企业检测贵（示例）", "单家送检成本高", "共享检测清单"),
        ("公交末班早（示例）", "夜班工人无公交", "末班延后或定制班线"),
    )
    made = [
        board.post_challenge(
            actor=actor, user=poster, title=title, problem=problem, wanted=wanted,
            due_on=cast.today + dt.timedelta(days=40), now=cast.at(25),
            today=cast.day(25), unit=cast.units["centre"],
        )
        for title, problem, wanted in told
    ]  # fmt: skip
    claimer, user = cast.who("handler")
    for challenge in made[1:]:
        board.claim_challenge(
            actor=claimer, user=user, challenge=challenge, unit=cast.units["science"],
            branch="示例第三党支部", plan="走访商定方案（示例）", now=cast.at(20),
        )  # fmt: skip
    done = made[2]
    board.deliver_result(
        actor=claimer, user=user, challenge=done, result="开通两条定制班线（示例）", now=cast.at(8)
    )
    board.judge_result(
        actor=actor, user=poster, challenge=done, accepted=True, remark="有效（示例）",
        now=cast.at(6),
    )  # fmt: skip
