"""Three rivers on a border: campaigns of three quarters, patrols, exchanges, an emergency, floods.

All numbers are synthetic. One campaign is approved, one met a deviation that a third laboratory
settled, the one of this quarter is still being entered.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from openzone.demo.scenes.cast import Cast
from openzone.engines.water.quarters import Quarter, quarter_of
from openzone.zone.cases.packs import worktime
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.waters.models import Campaign, LogEntry, Planned, Section
from openzone.zone.waters.services import campaigns, log, register, samples

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
_SECTIONS: Final = (
    ("示例涪河", "示例涪河出境", "fu", "II", 105.80, 30.16),
    ("示例琼河", "示例琼河交界", "qiong", "III", 105.93, 30.31),
    ("示例蟠水", "示例蟠水交界", "pan", "III", 106.04, 30.08),
)
# What a clean section of these rivers shows; each section and quarter shifts it a little.
_USUAL: Final = {"ph": "7.6", "dissolved_oxygen": "8.1", "permanganate": "2.8", "cod": "13",
                 "bod5": "2.1", "ammonia": "0.21", "phosphorus": "0.07",
                 "lead": "<0.001"}  # fmt: skip
_DAY = dt.timedelta(days=1)


def sampling(cast: Cast) -> None:
    """Enter sections, hold three campaigns, keep the common log."""
    found = [_section(cast, number) for number in range(len(_SECTIONS))]
    here = quarter_of(cast.today)
    spans = (here.before.before, here.before)
    for number, span in enumerate(one for one in spans if one.year == here.year):
        _closed(cast, found, span, apart=number == 1)
    _open(cast, found, here)
    _log(cast, found)


def _hand(cast: Cast, who: str, day: dt.date, hour: int = 10) -> dict[str, Any]:
    actor, user = cast.who(who)
    now = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
    return {"actor": actor, "user": user, "now": now}


def _section(cast: Cast, number: int) -> Section:
    water, name, code, level, east, north = _SECTIONS[number]
    since = dt.date(cast.today.year - 2, 1, 1)
    now = cast.at(300)
    made = register.add_section(
        actor=cast.actor, water=water, body="river", code=f"demo-{code}", name=name,
        one=cast.units["ecology"], other=cast.units["partner"], level=level,
        document="示例水质目标〔示例〕1号", document_on=since, valid_from=since, now=now,
        longitude=east, latitude=north, synthetic=True,
    )  # fmt: skip
    for unit, chief in (("ecology", "示例河长甲"), ("partner", "示例河长乙")):
        register.name_chief(actor=cast.actor, section=made, side=cast.units[unit], name=chief,
                            post="示例县级河长", valid_from=since, now=now)  # fmt: skip
    return made


def _plan(cast: Cast, found: list[Section], span: Quarter, day: dt.date, due: dt.date) -> Campaign:
    return campaigns.plan_campaign(
        **_hand(cast, "huanbao", min(day - 20 * _DAY, cast.today)), quarter=span, sections=found,
        sample_on=day, enter_by=due, one_sampler="示例采样员甲", other_sampler="示例采样员乙",
        synthetic=True,
    )  # fmt: skip


def _first_day(span: Quarter) -> dt.date:
    return worktime().calendar.shift_workdays(span.first + 30 * _DAY, 5)


def _closed(cast: Cast, found: list[Section], span: Quarter, *, apart: bool) -> None:
    day = _first_day(span)
    campaign = _plan(cast, found, span, day, day + 21 * _DAY)
    rows = list(campaign.planned.select_related("campaign", "section__water"))
    for number, row in enumerate(rows):
        for who in ("huanbao", "duian"):
            far = apart and number == 1 and who == "duian"
            _sample(cast, row, who, row.sample_on + 3 * _DAY, number, far=far)
    later = day + 10 * _DAY
    for who in ("huanbao", "duian"):
        campaigns.lock_figures(**_hand(cast, who, later), campaign=campaign)
    if apart:
        samples.ask_again(**_hand(cast, "duian", later, 11), planned=rows[1])
        samples.record_again(
            **_hand(cast, "huanbao", later + 7 * _DAY), planned=rows[1], on=later + 4 * _DAY,
            laboratory="示例第三方检测公司", values={"ammonia": "0.34"},
        )  # fmt: skip
    for who in ("duian", "huanbao"):
        campaigns.approve_campaign(**_hand(cast, who, later + 9 * _DAY), campaign=campaign)


def _sample(
    cast: Cast, row: Planned, who: str, day: dt.date, number: int, *, far: bool = False
) -> None:
    shift = Decimal("0.01") * (number + (who == "duian"))
    values = _USUAL | {
        "ammonia": "0.62" if far else str(Decimal("0.21") + shift + Decimal("0.08") * number),
        "phosphorus": str(Decimal("0.07") + shift),
        "cod": str(Decimal(13) + 2 * number),
    }
    samples.record_sample(
        **_hand(cast, who, min(day, cast.today)), planned=row, on=row.sample_on,
        laboratory="示例监测站甲" if who == "huanbao" else "示例监测站乙", values=values,
    )  # fmt: skip


def _open(cast: Cast, found: list[Section], span: Quarter) -> None:
    """The campaign of this quarter: planned, and begun by one side where its days have come."""
    day = _first_day(span)
    due = max(day + 25 * _DAY, cast.today + 5 * _DAY)
    campaign = _plan(cast, found, span, day, due)
    rows = campaign.planned.select_related("campaign", "section__water")
    for number, row in enumerate(rows):
        if row.sample_on <= cast.today:
            _sample(cast, row, "duian", row.sample_on, number)


def _log(cast: Cast, found: list[Section]) -> None:
    for number in range(6):
        title = f"示例第{number + 1}次联合巡河"
        _entry(cast, "patrol", 150 - 22 * number, found[number % 3], title,
               ours="示例巡河员甲", theirs="示例巡河员乙", place="示例河段")  # fmt: skip
    for number in range(4):
        _entry(cast, "exchange", 120 - 28 * number, found[number % 3], "示例水质数据通报",
               term="data", reference=f"示例函〔示例〕{number + 1}号")  # fmt: skip
    for number in range(2):
        _entry(cast, "dispatch", 130 - 40 * number, found[0], "示例洪水过境预警", term="flood",
               level="yellow", casualties=0)  # fmt: skip
    _leak(cast, found[0])
    _found(cast)


def _entry(cast: Cast, kind: str, ago: int, section: Section, title: str, **said: Any) -> LogEntry:
    day, who, other = cast.day(ago), "huanbao", "duian"
    made = log.record_entry(
        **_hand(cast, who, day), kind=kind, one=cast.units["ecology"],
        other=cast.units["partner"], water=section.water, section=section, on=day, title=title,
        synthetic=True, **said,
    )  # fmt: skip
    if kind != "incident" and ago > 30:
        log.confirm_entry(**_hand(cast, other, day + _DAY), entry=made)
    return made


def _leak(cast: Cast, section: Section) -> None:
    leak = _entry(
        cast, "incident", 60, section, "示例罐车侧翻漏油", term="leak", place="示例大桥下"
    )
    day = cast.day(60)
    for who, text in (("huanbao", "示例：设置围油栏"), ("duian", "示例：下游加密监测")):
        log.add_measure(**_hand(cast, who, day, 12), entry=leak, on=day, text=text)
    files = [Upload("示例处置报告.pdf", PDF, "photos")]
    log.report_done(**_hand(cast, "huanbao", day, 16), entry=leak, text="示例：油污已清除",
                    files=files)  # fmt: skip
    log.check_done(**_hand(cast, "duian", day, 17), entry=leak, good=True)


def _found(cast: Cast) -> None:
    patrol = LogEntry.objects.filter(kind="patrol").order_by("pk").last()
    if patrol is None:
        return
    finding = log.add_finding(**_hand(cast, "duian", patrol.on, 15), entry=patrol,
                              text="示例：岸边堆放垃圾", place="示例河段左岸")  # fmt: skip
    log.make_case(**_hand(cast, "huanbao", patrol.on, 16), finding=finding)
