"""Pages one brought in that cannot be read, or whose facts are not judged yet."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item
from openzone.zone.readings.selectors.listing import waiting_for

AREA = Text("版面读取", "Reading of pages")
_FAILED = Text("版面未能读取", "A page could not be read")
_JUDGE = Text("版面事实待判定", "Facts of a page to judge")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what pages ask of who brought them in."""
    for page in waiting_for(asker.user):
        address = reverse("reading", args=[page.pk])
        if page.state == "failed":
            yield Item(AREA, _FAILED, page.name, address, "file-text", None, Text("查看", "Look"))
        elif page.facts_judged < page.facts_found:
            left = page.facts_found - page.facts_judged
            title = f"{page}（{left}）"
            yield Item(AREA, _JUDGE, title, address, "file-text", None, Text("判定", "Judge"))
