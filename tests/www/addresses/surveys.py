"""Satisfaction surveys."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.surveys.services.asking import open_survey
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

_GRADES = dict.fromkeys(("overall", "approvals", "policies", "market", "order"), "good")

# ``survey`` asks the owner's enterprise about the zone.
ADDRESSES: tuple[Address, ...] = (
    get("surveys", 200, 200, 403, 403),
    get("survey", 200, 200, 403, 403, pk="{s_survey}"),
    get("survey", 404, 404, 403, 403, pk=999),
    get("survey_new", 200, 403, 403, 403),
    post("survey_new", 302, 403, 403, 403, data={"form": "environment", "day": "2026-01-05"}),
    post("survey_new", 400, 403, 403, 403, data={"form": "after_case", "day": "2026-01-05"}),
    get("survey_call", 200, 403, 403, 403, pk="{s_invitation}"),
    post("survey_call", 302, 403, 403, 403, pk="{s_invitation}", data={
        "reached": "on", **_GRADES}),
    post("survey_call", 302, 403, 403, 403, pk="{s_invitation}", data={"remark": "无人接听"}),
    post("survey_call", 400, 403, 403, 403, pk="{s_invitation}", data={"reached": "on"}),
    get("survey_assessment", 200, 200, 403, 403),
    post("survey_assessment_export", 200, 200, 403, 403),
    get("surveys_mine", 200, 200, 200, 200),
    get("survey_answer", 403, 403, 200, 403, pk="{s_invitation}"),
    post("survey_answer", 403, 403, 302, 403, pk="{s_invitation}", data=_GRADES),
    post("survey_answer", 403, 403, 400, 403, pk="{s_invitation}", data={"overall": "good"}),
    get("survey_answer", 404, 404, 404, 404, pk=999),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    today = timezone.localdate()
    survey = open_survey(
        actor=Actor.system("tests"),
        form="environment",
        day=today - dt.timedelta(days=200),
        today=today,
        enterprises=[zone.near.pk],
    )
    return {"s_survey": survey.pk, "s_invitation": survey.invitations.get().pk}
