"""``bundle``: the best that an enterprise can take of all it is entitled to."""

import json
from pathlib import Path
from typing import Annotated

import typer

from openzone.cli.arguments import AsJson, AsOf, IgnoreUnknown, Rules, day
from openzone.cli.output import help_text, say
from openzone.engines.text import Text


def bundle(
    enterprise: Annotated[
        str,
        typer.Option(
            metavar="ID|FILE",
            help=help_text(
                "档案里的编号、信用代码或名称，或一个文件",
                "number, credit code or name on record, or a file",
            ),
        ),
    ],
    as_of: AsOf = "",
    identifier: Annotated[
        str,
        typer.Option(
            "--id", help=help_text("文件里的哪一家", "which enterprise of the file"), metavar="ID"
        ),
    ] = "",
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
    from openzone.cli.enterprises import enterprises_meant
    from openzone.cli.grants import read_grants
    from openzone.cli.versions import INSTALLED, chosen
    from openzone.engines.rules.bundle import best_bundle
    from openzone.engines.rules.bundle_text import render_bundle
    from openzone.engines.rules.single import answer

    on = day(as_of, "--as-of")
    by = chosen(rules or INSTALLED[0], "--rules")
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
