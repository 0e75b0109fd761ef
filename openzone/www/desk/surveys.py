"""Surveys to answer."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.surveys.selectors.figures import to_answer

AREA = Text("满意度", "Surveys")
_WHY, _ANSWER = Text("请您评价", "You are asked"), Text("填写", "Answer")
_MOST = 20


def items(asker: Asker) -> Iterator[Item]:
    """Yield what somebody is asked and has not answered."""
    for one in to_answer(asker.user, asker.day)[:_MOST]:
        page, day = reverse("survey_answer", args=[one.pk]), end_of(one.answer_by)
        yield Item(AREA, _WHY, one.survey.title, page, "star", day, _ANSWER)
