"""Drafts of chains: those that wait to be published, and one's own that came back."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item
from openzone.zone.chains.selectors.releases import returned_to, to_publish

AREA = Text("产业链版本", "Versions of chains")
_PUBLISH = Text("产业链新版本待发布", "A version of a chain to publish")
_RETURNED = Text("产业链草案被退回", "A draft of a chain came back")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what drafts ask of somebody."""
    for draft in to_publish(asker.user, asker.day):
        page = reverse("chain_draft_compare", args=[draft.pk])
        title = f"{draft.chain}：{draft.note}"
        yield Item(AREA, _PUBLISH, title, page, "sitemap", None, Text("审核", "Decide"))
    for draft in returned_to(asker.user):
        page = reverse("chain_draft", args=[draft.pk])
        title = f"{draft.chain}：{draft.reason}"
        yield Item(AREA, _RETURNED, title, page, "sitemap", None, Text("修改", "Edit"))
