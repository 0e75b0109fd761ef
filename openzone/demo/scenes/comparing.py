"""What fourteen made-up cities make of twelve product groups, for a study of complexity.

A city makes what its skills suffice for: a product asks for more skills the more complex it is.
"""

import random
from decimal import Decimal
from typing import Final

from openzone.demo.scenes.cast import Cast
from openzone.zone.chains.services.complexity import import_study

_CITIES: Final = (*(f"示例{one}市" for one in "东南西本北江河湖海山林泉川"), "示例小镇")
_PRODUCTS: Final = {
    "粮食加工": 1, "水泥": 1, "服装": 2, "家具": 2, "化肥": 3, "钢材": 3, "汽车零部件": 4,
    "电池材料": 5, "电芯": 6, "整车": 6, "工业机器人": 7,
}  # fmt: skip
_SMALL: Final = 0.4
"""The last place is so small that the study leaves it out."""


def comparing(cast: Cast) -> None:
    """Read the table in."""
    actor, user = cast.who("reviewer")
    import_study(
        actor=actor, user=user, title="示例：各市分产品产值", source="示例统计年鉴（虚构）",
        as_of=cast.day(60), unit="亿元", file_name="各市产值.csv", data=_table().encode(),
        now=cast.at(30), least_place=Decimal(20), synthetic=True,
    )  # fmt: skip


def _table() -> str:
    chance = random.Random(2026)  # noqa: S311 - made-up figures
    rows = ["地区,产品,数值"]
    for number, city in enumerate(_CITIES):
        skill = 6.5 - number * 0.45
        size = _SMALL if city == _CITIES[-1] else chance.uniform(40, 400)
        for product, asked in _PRODUCTS.items():
            fit = min(1.2, max(0.0, (skill - asked) * 0.3 + 0.6)) * chance.uniform(0.3, 1.7)
            if fit > 0.35:  # what is hardly made is in no yearbook
                rows.append(f"{city},{product},{size * fit:.2f}")
    return "\n".join(rows) + "\n"
