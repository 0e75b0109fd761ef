"""A rule, a draft of it, and the firms that the two are rehearsed on."""

from pathlib import Path
from typing import Any

DAY = ("--as-of", "2026-06-30")
RULE = """\
rule: local.grant
title: {{zh: 示例：研发补助, en: "Example: R&D grant"}}
kind: subsidise
versions:
  - version: "1"
    source: {{title: 示例办法, number: 示例〔2026〕1号, issuer: 示例园区}}
    effective_from: 2026-01-01
    verified: L
    when:
      all:
        - {{id: big, label: {{zh: 营收达标, en: Revenue}}, fact: revenue_y1, gte: "{limit}"}}
    amount:
      number: {{min: [{{mul: ["{share}", rd_expense_y1]}}, "200万"]}}
"""
FIRMS: list[dict[str, Any]] = [
    {"id": "A1", "revenue_y1": 30_000_000, "rd_expense_y1": 1_000_000},
    {"id": "A2", "revenue_y1": 60_000_000, "rd_expense_y1": 2_000_000},
    {"id": "A3", "revenue_y1": 90_000_000, "rd_expense_y1": 50_000_000},
    {"id": "A4", "revenue_y1": 95_000_000, "rd_expense_y1": ""},
    {"id": "A5", "revenue_y1": "", "rd_expense_y1": 1_000_000},
]


def write_packs(folder: Path) -> tuple[Path, Path]:
    """Write a pack folder and a draft of it: a lower limit, a larger share."""
    made = []
    for name, limit, share in (("now", "8000万", "10%"), ("draft", "5000万", "15%")):
        rules = folder / name / "rules"
        rules.mkdir(parents=True)
        text = RULE.format(limit=limit, share=share)
        (rules / "local.grant.yaml").write_text(text, "utf-8")
        made.append(folder / name)
    return made[0], made[1]
