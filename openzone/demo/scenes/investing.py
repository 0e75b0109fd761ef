"""Investment: a book of projects imported, two of them lived through, the reserve, the funds."""

import datetime as dt
from decimal import Decimal
from typing import Any

from openzone.demo.projects_book import FILE_NAME, Book
from openzone.demo.scenes.cast import Cast
from openzone.zone.projects.enums import AmountKind, FundsKind, PoolKind, TeamRole
from openzone.zone.projects.models import Project
from openzone.zone.projects.services import amounts, pools, stages, works
from openzone.zone.projects.services.projects import (
    add_phase,
    change_project,
    create_project,
    join_team,
    set_shares,
)
from openzone.zone.projects.services.sheets import apply_sheet, check_sheet
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

YI = 100_000_000
PIPELINE = "six_batches"
BATTERY, DAM = "示例动力电池（30吉瓦时）", "示例河道枢纽"
_GRADED = (
    ("owner", "content", "size"), ("site", "feasibility", "investor"),
    ("filing", "land", "funding"), ("environment", "planning_permit", "construction_permit"),
)  # fmt: skip
_PAPERS = (
    "concept", "contact_record", "formal_contract", "business_licence", "land_contract",
    "construction_permit", "site_photo",
)  # fmt: skip
_CHANNELS = ("central_budget", "special_bond", "ultra_long_bond")


def investment(cast: Cast) -> None:
    """Import the book; let a battery plant in two phases and a dam be built."""
    _import(cast)
    _battery(cast)
    _dam(cast)
    _reserve(cast)
    _funds(cast)


def _import(cast: Cast) -> None:
    parks = [one.name for one in Place.objects.filter(kind=PlaceKind.PARK)]
    data = Book(cast.today).workbook(parks, cast.units["commerce"].name)
    actor, user = cast.who("centre")
    sheet = check_sheet(
        actor=actor, user=user, file_name=FILE_NAME, data=data, as_of=cast.today,
        now=_now(cast), synthetic=True,
    )  # fmt: skip
    apply_sheet(actor=actor, sheet=sheet, now=_now(cast))
    chief = cast.users["reviewer"]
    for project in Project.objects.filter(investor_name="示例新材料集团"):
        change_project(actor=actor, project=project, chief=chief, review_class="key")


def _battery(cast: Cast) -> None:
    """Two phases of one contract, shared by two parks 60 to 40; the second does not count again."""
    west, east = Place.objects.filter(kind=PlaceKind.PARK)[:2]
    project = _open(
        cast, BATTERY, 120, place=west, industry="C384", sector=2, origin="domestic_out",
        investor_name="示例新能源", summary="年产30吉瓦时动力电池，分两期建设（示例）",
        chain=["电池"],
    )  # fmt: skip
    _through(cast, project, _lived(cast.day(200), cast.day(120)))
    shares = {west: Decimal("0.6"), east: Decimal("0.4")}
    set_shares(actor=cast.actor, project=project, shares=shares)
    phase = add_phase(
        actor=cast.actor, project=project, name=f"{BATTERY}二期", on=cast.today, now=_now(cast),
        within_contract=True, summary="二期10吉瓦时（示例）", planned_start=cast.today,
    )  # fmt: skip
    _state(cast, phase, Decimal(42))
    phase.refresh_from_db()
    _through(cast, phase, {"reserve": cast.day(100), "signed": cast.day(100)})
    given: dict[str, Any] = {
        "actor": cast.actor, "project": project, "now": _now(cast), "today": cast.today,
    }  # fmt: skip
    for ago, kind, value in ((90, "fixed", 3), (60, "fixed", 4), (30, "working", 1)):
        amounts.record_arrival(
            kind=FundsKind(kind), on=cast.day(ago), amount=Decimal(value * YI), **given
        )
    amounts.record_arrival(
        kind=FundsKind.FIXED, on=cast.day(45), amount=Decimal(70_000_000), foreign=True,
        usd=Decimal(10_000_000), **given,
    )  # fmt: skip


def _dam(cast: Cast) -> None:
    """Concrete in cubic metres, gates in pieces, and a day before the flood that cannot move."""
    park = Place.objects.filter(kind=PlaceKind.PARK)[0]
    project = _open(
        cast, DAM, 6, place=park, industry="N761", sector=3, origin="domestic_in_province",
        investor_name="示例水务", summary="冲砂闸6孔，混凝土16万立方米（示例）",
    )  # fmt: skip
    _through(cast, project, _lived(cast.day(300), cast.day(240)))
    begun = cast.day(240)
    flood = begun + dt.timedelta(days=330)
    works.plan_milestones(
        actor=cast.actor, project=project, today=cast.today,
        milestones=[
            _milestone("cofferdam", "围堰完成（示例）", begun + dt.timedelta(days=60)),
            _milestone(
                "concrete", "混凝土浇筑完成（示例）", begun + dt.timedelta(days=250), "cofferdam"
            ),
            _milestone(
                "gates", "6孔冲砂闸到坝顶高程（示例）", begun + dt.timedelta(days=300), "concrete",
                fixed=flood, fixed_reason="汛期前必须具备过流条件（示例）",
            ),
        ],
    )  # fmt: skip
    _works(cast, project, begun)
    works.count_site(
        actor=cast.actor, project=project, on=cast.today, workers=186, machines=24,
        now=_now(cast), today=cast.today,
    )  # fmt: skip


def _works(cast: Cast, project: Project, begun: dt.date) -> None:
    """The concrete a little behind, two gates of six done; all as far as the days have come."""
    for code, title, unit, total, done in (
        ("concrete", "混凝土浇筑", "立方米", 160_000, 98_000),
        ("gates", "冲砂闸", "孔", 6, 2),
    ):
        half, end = (begun + dt.timedelta(days=days) for days in (150, 280))
        item = works.plan_item(
            actor=cast.actor, project=project, code=code, title=title, unit=unit,
            total=Decimal(total), begins=begun,
            plan={half: Decimal(total) * 2 / 3, end: Decimal(total)},
        )  # fmt: skip
        works.report_work(
            actor=cast.actor, item=item, on=cast.today, quantity=Decimal(done), now=_now(cast),
            today=cast.today, sure=True,
        )  # fmt: skip


def _milestone(code: str, title: str, planned: dt.date, *after: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "title": title, "planned": planned, "after": list(after), **more}


def _reserve(cast: Cast) -> None:
    """Eighty-five in the reserve with their grades; the first 42 ask for funds from above."""
    stored = Project.objects.filter(stage="reserve", synthetic=True, name__contains="储备项目")
    for n, project in enumerate(stored.order_by("pk")):
        category = project.summary.removesuffix("（示例）")
        since = project.since or cast.today
        pools.enter_pool(
            actor=cast.actor, project=project, pool=PoolKind.RESERVE, on=since, category=category
        )
        pools.assess(
            actor=cast.actor, project=project, on=cast.today, answers=_answers(n), now=_now(cast)
        )
        if n < 42:
            pools.enter_pool(
                actor=cast.actor, project=project, pool=PoolKind.FUNDING, on=since,
                category=category,
            )  # fmt: skip


def _answers(n: int) -> dict[str, bool | None]:
    """Everything up to a grade is yes; of the next one a thing is no, the rest nobody knows."""
    answers: dict[str, bool | None] = {name: True for asks in _GRADED[: 1 + n % 4] for name in asks}
    if n % 4 < 3:
        answers[_GRADED[1 + n % 4][0]] = False
    if n % 3 == 0:
        answers |= {"major_platform": True, "other_central_funds": False}
    if n % 3 == 1:
        answers |= {"public_benefit": True, "own_revenue": n % 2 == 0, "negative_list": False}
    return answers


def _funds(cast: Cast) -> None:
    """Some ask: one is granted less than it asked for, one refused, the others wait."""
    asking = Project.objects.filter(pools__pool=PoolKind.FUNDING).order_by("pk")[:9]
    for n, project in enumerate(asking):
        asked = Decimal(10_000_000 + n * 1_000_000)
        made = pools.prepare_application(
            actor=cast.actor, project=project, channel=_CHANNELS[n % 3], amount=asked,
            now=_now(cast),
        )  # fmt: skip
        if n < 6:
            made = pools.submit_application(
                actor=cast.actor, application=made, on=cast.day(40), today=cast.today,
                proof=pools.Proof(_now(cast), f"示例申〔{cast.today.year}〕{n + 1}号"),
            )  # fmt: skip
        if n < 2:
            pools.decide_application(
                actor=cast.actor, application=made, granted=asked * 3 / 4 if n == 0 else None,
                on=cast.day(10), today=cast.today, reason="" if n == 0 else "本批额度不足（示例）",
                proof=pools.Proof(_now(cast), f"示例批〔{cast.today.year}〕{n + 1}号"),
            )  # fmt: skip


def _open(cast: Cast, name: str, yi: int, **described: Any) -> Project:
    """Open a project with its amount, its chief and its team."""
    unit, chief = cast.units["economy"], cast.users["reviewer"]
    project = create_project(
        actor=cast.actor, name=name, pipeline=PIPELINE, on=cast.day(365), now=_now(cast),
        synthetic=True, lead_unit=unit, chief=chief, review_class="major",
        enterprise=cast.firm, planned_start=cast.day(120),
        planned_finish=cast.today + dt.timedelta(days=300), **described,
    )  # fmt: skip
    _state(cast, project, Decimal(yi))
    for role, username in ((TeamRole.APPROVALS, "handler"), (TeamRole.SERVICE, "centre")):
        join_team(
            actor=cast.actor, project=project, user=cast.users[username], role=role,
            on=cast.day(365),
        )  # fmt: skip
    project.refresh_from_db()
    return project


def _state(cast: Cast, project: Project, yi: Decimal) -> None:
    amounts.state_amount(
        actor=cast.actor, project=project, kind=AmountKind.TOTAL, value=yi * YI,
        on=cast.day(365), now=_now(cast), wording=f"{yi}亿元",
    )  # fmt: skip


def _lived(signed: dt.date, started: dt.date) -> dict[str, dt.date]:
    return {"reserve": signed, "signed": signed, "registered": started, "started": started}


def _through(cast: Cast, project: Project, days: dict[str, dt.date]) -> None:
    """Let a project enter stages, with the papers of every one on file."""
    for kind in _PAPERS:
        amounts.add_paper(
            actor=cast.actor, project=project, kind=kind, title="示例材料",
            document_no=f"示例〔{cast.today.year}〕1号", now=_now(cast),
        )  # fmt: skip
    for stage, on in days.items():
        stages.enter_stage(
            actor=cast.actor, project=project, stage=stage, on=on, now=_now(cast), today=cast.today
        )


def _now(cast: Cast) -> dt.datetime:
    return cast.at(0, 17)
