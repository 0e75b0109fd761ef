"""``bundle``: the best that an enterprise can take of all it is entitled to."""

import json
from pathlib import Path
from typing import Annotated

import typer

from openzone.cli.arguments import (
    AsJson,
    AsOf,
    EnterpriseMeant,
    IgnoreUnknown,
    RowMeant,
    Rules,
    day,
)
from openzone.cli.output import help_text, say
from openzone.engines.text import Text


def bundle(
    enterprise: EnterpriseMeant,
    as_of: AsOf = "",
    identifier: RowMeant = "",
    received: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text(
                "已得到的：企业、规则、发放日期、金额",
                "what was received: enterprise, rule, granted_on, amount",
            ),
        ),
    ] = None,
    rules: Rules = "",
    as_json: AsJson = False,
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """Choose what pays most of the rules that are met, and say why; one bundle per enterprise."""
    from openzone.cli.enterprises import enterprises_meant, is_on_record
    from openzone.cli.grants import read_grants
    from openzone.cli.versions import meant
    from openzone.engines.rules.bundle import best_bundle
    from openzone.engines.rules.bundle_text import render_bundle
    from openzone.engines.rules.single import answer

    on = day(as_of, "--as-of")
    by = meant(rules, on_record=is_on_record(enterprise, identifier))
    plan, known = by.plan_on(on), by.ruleset.catalogue
    firms = enterprises_meant(
        enterprise, identifier, on, catalogue=known, ignore_unknown=ignore_unknown
    )
    grants = read_grants(received, on, [rule.rule for rule in by.ruleset.rules], len(firms))
    for firm in firms:
        best = best_bundle(answer(plan, firm.known), grants.of(firm))
        if as_json:
            who = {"id": firm.id, "name": firm.name}
            indent = 2 if len(firms) == 1 else None
            print(json.dumps(who | best.as_json(), ensure_ascii=False, indent=indent))
        else:
            label = f"{firm.id} {firm.name or ''}".strip()
            print(say(Text(f"企业：{label}", f"Enterprise: {label}")))
            print(say(render_bundle(best, plan)))
