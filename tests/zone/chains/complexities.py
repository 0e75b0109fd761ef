"""A made-up table of what six cities make, for tests of complexity."""

import datetime as dt
from typing import Any

from django.utils import timezone

from openzone.zone.chains.models import ComplexityStudy
from openzone.zone.chains.services.complexity import import_study
from openzone.zone.people.models import User
from tests.factories import TESTS

FLOWS = {
    "示例甲市": {"电芯": 90, "隔膜": 40, "整车": 60, "水泥": 30, "饲料": 5},
    "示例乙市": {"电芯": 10, "整车": 80, "水泥": 40, "饲料": 20},
    "示例丙市": {"隔膜": 25, "水泥": 60, "饲料": 40},
    "示例丁市": {"水泥": 80, "饲料": 70, "钢材": 20},
    "示例戊市": {"饲料": 60, "钢材": 50, "整车": 10},
    "示例己镇": {"隔膜": 0.5},
}
TABLE = "地区,产品,数值\n" + "".join(
    f"{place},{product},{value}\n"
    for place, made in FLOWS.items()
    for product, value in made.items()
)


def put_study(user: User, text: str = TABLE, **given: Any) -> ComplexityStudy:
    """Read the table in."""
    usual = {
        "title": "示例各市产值", "source": "示例年鉴2025", "as_of": dt.date(2025, 12, 31),
        "unit": "亿元", "file_name": "产值.csv", "now": timezone.now(), "synthetic": True,
    }  # fmt: skip
    return import_study(actor=TESTS, user=user, data=text.encode(), **usual | given)
