"""Whom to invite: a list of some sixty outside firms, a second one with faults, leads made of some.

The cities are real, with the coordinates of their middle; every firm, product share and message of
an expansion is made up.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from openzone.demo.scenes.cast import Cast
from openzone.zone.chains.selectors.inviting import Asked, ranking
from openzone.zone.chains.services.candidate_lists import apply_list, check_list
from openzone.zone.chains.services.inviting import invite_candidate
from openzone.zone.promotion.services.following import end
from openzone.zone.promotion.services.returns import receive

CHAIN: Final = "lithium_battery"
LEADS: Final = 6
_HEADINGS: Final = (
    "企业名称", "省份", "城市", "经度", "纬度", "主要产品", "经营范围", "营业收入(万元)",
    "扩产信号", "信号来源", "信号日期", "采购自本地企业", "供应给本地企业", "是否鼓励类",
    "风险提示",
)  # fmt: skip
_LEADER: Final = "示例恒能动力有限公司"


class City(NamedTuple):
    """A city by its middle."""

    province: str
    name: str
    longitude: float
    latitude: float


_CITIES: Final = (
    City("江苏", "常州", 119.97, 31.81), City("浙江", "宁波", 121.55, 29.87),
    City("江苏", "苏州", 120.58, 31.30), City("广东", "深圳", 114.06, 22.54),
    City("广东", "惠州", 114.42, 23.11), City("福建", "宁德", 119.55, 26.67),
    City("福建", "厦门", 118.09, 24.48), City("湖南", "长沙", 112.94, 28.23),
    City("江西", "宜春", 114.42, 27.81), City("安徽", "合肥", 117.23, 31.82),
    City("湖北", "荆门", 112.20, 31.04), City("陕西", "西安", 108.94, 34.34),
)  # fmt: skip
_TRADES: Final = (
    ("正极材料", "磷酸铁锂；三元正极", "正极材料研发、生产"),
    ("负极材料", "人造石墨；硅碳负极", "锂电负极材料生产"),
    ("铜箔", "锂电铜箔；复合铜箔", "电解铜箔制造"),
    ("铝箔", "电池铝箔；涂碳铝箔", "铝压延加工"),
    ("导电材料", "碳纳米管；导电浆料", "导电剂与粘结剂生产"),
)
_BRANDS: Final = ("泽远", "科隆", "新益", "中瑞", "凯达")


def inviting(cast: Cast) -> None:
    """Take the lists in, rank, and make leads of the best."""
    actor, user = cast.who("reviewer")
    now = cast.at(30)
    listing = check_list(
        actor=actor, user=user, name="示例锂电材料企业名录", source="示例行业协会会员名录",
        as_of=cast.day(30), file_name="示例锂电材料企业名录.csv", data=_file(list(_rows(cast))),
        now=now, synthetic=True,
    )  # fmt: skip
    apply_list(actor=actor, listing=listing, now=now)
    check_list(
        actor=actor, user=user, name="示例展会参展企业", source="示例展会名录（有错行）",
        as_of=cast.day(3), file_name="示例展会参展企业.csv", data=_file(list(_faulty())),
        now=cast.at(3), synthetic=True,
    )  # fmt: skip
    _leads(cast)


def _file(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_HEADINGS, *rows])
    return text.getvalue().encode()


def _rows(cast: Cast) -> Iterator[list[str]]:
    number = 0
    for n, city in enumerate(_CITIES):
        for m in range(3 + n % 5):
            word, products, scope = _TRADES[(n * n + m * (1 + n % 2)) % len(_TRADES)]
            yield [
                _called(city, m, word),
                city.province, city.name, str(city.longitude), str(city.latitude), products, scope,
                str((number * 7919) % 90_000 + 5_000) if number % 4 else "",
                *(_signal(cast, number) if number % 3 == 0 else ("", "", "")),
                "示例格远循环有限公司" if number % 10 == 0 else "",
                _LEADER if number % 7 == 0 else ("无往来" if number % 5 == 0 else ""),
                ("是", "否", "")[number % 3], ("无风险", "", "涉诉较多（示例）")[number % 3],
            ]  # fmt: skip
            number += 1


def _called(city: City, number: int, word: str) -> str:
    brand = _BRANDS[number % len(_BRANDS)] + "新" * (number // len(_BRANDS))
    return f"示例{city.name}{brand}{word}有限公司"


def _signal(cast: Cast, number: int) -> tuple[str, str, str]:
    on: dt.date = cast.day(30) - dt.timedelta(days=number * 11)
    return "拟在西部建设新产线（示例）", "示例公告", on.isoformat()


def _faulty() -> Iterator[list[str]]:
    empty = [""] * len(_HEADINGS)
    yield ["示例展商甲有限公司", "江苏", "常州", "31.81", "119.97", "锂电铜箔", *empty[6:]]
    yield ["示例展商乙有限公司", "", "", "", "", "", *empty[6:]]
    yield ["示例展商丙有限公司", "浙江", "宁波", "121.55", "29.87", "人造石墨", *empty[6:]]


def _leads(cast: Cast) -> None:
    """Six leads: two firms came to look, one wanted nothing, three are open."""
    actor, user = cast.who("reviewer")
    found = ranking(CHAIN, cast.day(20), user)
    rows = Asked(node="cathode", source="list").among(found.rows)[:LEADS]
    for n, row in enumerate(rows):
        lead = invite_candidate(
            actor=actor, user=user, ranking=found, row=row, on=cast.day(20), now=cast.at(20),
            unit=cast.units["industry"], sure=True,
        )  # fmt: skip
        if n < 2:
            receive(
                actor=actor, user=user, investor=lead.investor, on=cast.day(10), now=cast.at(10),
                unit=cast.units["industry"], host=user, said="考察用地与厂房（示例）",
                synthetic=True,
            )  # fmt: skip
        elif n == 2:
            end(actor=actor, user=user, lead=lead, to="rejected", reason="近期无外迁计划（示例）",
                on=cast.day(5), now=cast.at(5))  # fmt: skip
