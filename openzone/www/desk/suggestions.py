"""Suggestions that wait for their answer, and answers that wait for a check."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item
from openzone.zone.suggestions.models import Campaign
from openzone.zone.suggestions.selectors.waiting import owed

AREA = Text("合理化建议", "Suggestions")
_ANSWERS = Text("{n}条建议待答复", "{n} suggestions wait for their answer")
_CHECKS = Text("{n}个答复待核验", "{n} answers wait for a check")


def items(asker: Asker) -> Iterator[Item]:
    """Yield one line a campaign for answers, and one for checks."""
    for campaign, answers, checks in owed(asker.user, asker.day):
        if answers:
            page, label = "suggestion_campaign", Text("答复", "Answer")
            yield _item(campaign, _ANSWERS.format(n=answers), page, label)
        if checks:
            page, label = "suggestion_checks", Text("核验", "Check")
            yield _item(campaign, _CHECKS.format(n=checks), page, label)


def _item(campaign: Campaign, why: Text, page: str, label: Text) -> Item:
    href = reverse(page, args=[campaign.pk])
    return Item(AREA, why, campaign.title, href, "edit", campaign.answer_due_at, label)
