"""What is submitted upwards: the finals, and an annex with every original behind each."""

from collections.abc import Iterable, Sequence
from typing import Any

from openzone.zone.suggestions.enums import Outcome
from openzone.zone.suggestions.models import Campaign, Final
from openzone.zone.suggestions.selectors.provenance import Provenance, provenance
from openzone.zone.suggestions.selectors.states import finals

ANNEX = ("编号", "轮次", "分组", "建议人", "单位", "议题", "建议原文", "采用部分")
_OUTCOMES = {Outcome.ACCEPT: "采纳", Outcome.PILOT: "先行试点"}

Document = dict[str, Any]


def document(campaign: Campaign, chosen: Sequence[Final]) -> Document:
    """Return the content of a submission as plain data: it is kept as it was that day.

    ``lines`` are the body, ``annex`` has one section a final with the originals it came from. An
    official document goes upwards in Chinese, whatever language the screen speaks.
    """
    found = finals(campaign).filter(pk__in=[one.pk for one in chosen]).order_by("number")
    sections = provenance(found)
    return {
        "notes": list(_notes(campaign, sections)),
        "finals": [_final(place, one) for place, one in enumerate(sections, start=1)],
        "annex": [_annex(place, one) for place, one in enumerate(sections, start=1)],
        "headings": list(ANNEX),
    }


def _notes(campaign: Campaign, sections: Sequence[Provenance]) -> Iterable[str]:
    yield f"征集：{campaign.title}（{campaign.opens_on}至{campaign.closes_on}）"
    if campaign.basis:
        yield f"依据：{campaign.basis}"
    members, rounds = campaign.members.count(), campaign.rounds.count()
    made = campaign.originals.filter(withdrawn_at__isnull=True).count()
    yield f"{rounds}轮、{members}人参与，收到建议{made}条，归并形成{len(sections)}条，来源见附件。"
    if campaign.synthetic:
        yield "示例：全部为合成数据，不对应任何真实建议"


def _final(place: int, one: Provenance) -> dict[str, Any]:
    outcome = _OUTCOMES.get(one.final.decided, "")
    sources = f"来源：建议{len(one.flows)}条，建议人{one.people}位"
    return {
        "heading": f"{place}. {one.final.title}（{outcome}）",
        "lines": [one.final.text, sources],
    }


def _annex(place: int, one: Provenance) -> dict[str, Any]:
    rows = [
        [
            str(flow.original.number),
            str(flow.original.round.number),
            flow.original.group.name,
            flow.original.member.name,
            flow.original.member.office or "—",
            flow.original.topic.title,
            flow.original.text,
            flow.part or "全部",
        ]
        for flow in one.flows
    ]
    return {"heading": f"附件{place}　{one.final.title}", "rows": rows}
