"""Net land to hand over, checks of standard land to hold, land that may come to lie idle."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.projects.landcheck import CheckState
from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.www.views.land.words import CHECKS, DELIVERIES, IDLE
from openzone.zone.land.selectors.deliveries import to_hand_over
from openzone.zone.land.selectors.sites import watched
from openzone.zone.land.selectors.standards import checks_due
from openzone.zone.land.selectors.waiting import deliveries_of, parcels_of

AREA = Text("土地", "Land")
_OPEN = Text("查看", "Open")
_CHECK = Text("核验", "Check")
_STAGES = {
    "completion": Text("竣工核验", "check at completion"),
    "full_output": Text("达产复核", "check at full output"),
}


def items(asker: Asker) -> Iterator[Item]:
    """Yield what the land of somebody's own unit asks of them."""
    mine = parcels_of(asker.user, asker.day)
    for task in to_hand_over(deliveries_of(asker.user, asker.day), asker.day, asker.until):
        page = reverse("delivery", args=[task.delivery.pk])
        due = end_of(task.delivery.due)
        yield Item(
            AREA, _joined(Text("净地交付", "Net land"), DELIVERIES[task.state][0]),
            task.delivery.title, page, "map-pin", due, _OPEN,
        )  # fmt: skip
    for check in checks_due(mine, asker.day, asker.until):
        page = reverse("standard_agreement", args=[check.standard.pk])
        missing = check.state is CheckState.OPEN
        why = _joined(_STAGES[check.stage.value], CHECKS[check.state][0])
        due = None if missing else end_of(check.due)
        title = f"{check.standard.parcel} · {check.standard.number}"
        yield Item(AREA, why, title, page, "shield-check", due, _CHECK)
    for one in watched(mine, asker.day):
        page = reverse("parcel", args=[one.contract.parcel_id])
        why = _joined(Text("闲置预警", "Idle land"), IDLE[one.found.state][0])
        yield Item(
            AREA, why, str(one.contract.parcel), page, "alert-triangle", end_of(one.found.limit),
            _OPEN,
        )  # fmt: skip


def _joined(what: Text, how: Text) -> Text:
    return Text(f"{what.zh}：{how.zh}", f"{what.en}: {how.en}")
