"""Approvals to answer while their time runs, requests to take on."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_aware
from openzone.www.desk.items import Asker, Item
from openzone.zone.approvals.selectors.waiting import to_accept, to_answer

AREA = Text("拿地即开工", "Approvals")
_OPEN = Text("办理", "Answer")
_ACCEPT = Text("受理", "Take on")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what approvals ask of the unit that answers, and of the service centre."""
    for one in to_answer(asker.user, asker.now, asker.day):
        page = reverse("approval_item", args=[one.line.item.pk])
        why = Text("审批超时", "An approval is late") if one.line.late else one.line.label
        title = f"{one.line.item.label_zh} · {one.track.project.name}"
        yield Item(AREA, why, title, page, "certificate", to_aware(one.due), _OPEN, outside=True)
    for track in to_accept(asker.user, asker.day):
        page = reverse("approval", args=[track.pk])
        why = Text("企业申请提前服务", "An enterprise asks for it")
        yield Item(AREA, why, track.project.name, page, "certificate", None, _ACCEPT, outside=True)
