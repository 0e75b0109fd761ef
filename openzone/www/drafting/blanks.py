"""The document a new rule begins with."""

from collections.abc import Mapping, Sequence
from typing import Any

from openzone.www.drafting.moves import blank


def new_rule(
    given: Mapping[str, Any], conditions: Sequence[Mapping[str, Any]] = (), join: str = "all"
) -> dict[str, Any]:
    """Return a rule with one version, from what its form says and the conditions there are."""
    zh, en = given["name"], given["name_en"] or given["name"]
    return {
        "rule": given["rule"],
        "title": {"zh": zh, "en": en},
        "kind": given["kind"],
        "versions": [
            {
                "version": str(given["effective_from"].year),
                "source": {"title": zh, "number": None, "issuer": "本园区"},
                "effective_from": given["effective_from"],
                "when": _when(conditions, join),
                "verified": "L",
                "notes": [
                    {
                        "zh": "起草时尚无文号，发布前请补充文件。",
                        "en": "Drafted before the document had a number: add it when there is one.",
                    }
                ],
            }
        ],
    }


def _when(conditions: Sequence[Mapping[str, Any]], join: str) -> dict[str, Any]:
    if not conditions:
        return {"all": [blank("fact", "c1", top=True)]}
    if join == "any":
        label = {"zh": "符合任一条件", "en": "Any of the conditions"}
        return {"all": [{"id": "any_of", "label": label, "any": [dict(one) for one in conditions]}]}
    return {
        "all": [
            {"id": f"c{n}", "label": {"zh": f"条件{n}", "en": f"Condition {n}"}, **one}
            for n, one in enumerate(conditions, start=1)
        ]
    }
