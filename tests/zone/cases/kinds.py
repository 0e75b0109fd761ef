"""A case type of the tests: the shipped base with a short form, two clocks and all the rules."""

from typing import Any

import yaml

from openzone.packs.services import SERVICES

KIND = "request"


def _clock(limit: str, **more: Any) -> dict[str, Any]:
    return {
        "label": {"zh": "期限", "en": "Limit"},
        "limit": limit,
        "starts": ["open"],
        "verified": "K",
        "colours": {"yellow": 0.5, "red": 1.0},
        "reminders": [0.5, 1.0],
        **more,
    }


def definition(**more: Any) -> dict[str, Any]:
    """Return a whole definition; ``more`` replaces entries at the top."""
    base = yaml.safe_load((SERVICES / "base.yaml").read_text("utf-8"))
    base.pop("abstract")
    choices = [
        {"id": "finance", "label": {"zh": "融资", "en": "Finance"}},
        {"id": "land", "label": {"zh": "用地", "en": "Land"}},
        {"id": "safety", "label": {"zh": "安全", "en": "Safety"}},
    ]
    topic = {"zh": "类别", "en": "Topic"}
    own = {
        "id": KIND,
        "version": 1,
        "label": {"zh": "示例诉求", "en": "Example request"},
        "number": {"scope": "OZ", "type": "SL"},
        "form": [
            {"id": "topic", "label": topic, "kind": "choice", "choices": choices},
            {
                "id": "amount",
                "label": {"zh": "金额", "en": "Amount"},
                "kind": "money",
                "required": True,
                "when": {"topic": ["finance"]},
            },
        ],
        "clocks": {
            "respond": _clock("1 working hour", stops=["accept"], priority={"key": "30 minutes"}),
            "resolve": _clock(
                "5 workdays",
                stops=["propose"],
                pausable=True,
                redo="resume",
                extension={"limit": "5 workdays", "times": 1, "ask_before": "1 workday"},
            ),
        },
        "routing": [
            {"when": {"topic": ["finance"]}, "unit": "finance"},
            {"when": {"topic": ["safety"]}, "unit": "no-such-unit"},
            {"default": "centre"},
        ],
        "escalation": [
            {"clock": "resolve", "after_share": 1.0, "to": "head"},
            {"clock": "resolve", "after_share": 1.5, "to": "leader"},
        ],
    }
    return base | own | more
