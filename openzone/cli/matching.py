"""``match`` and ``explain``: entitlements of enterprises in a file, or in the zone's record."""

import json
from pathlib import Path
from typing import Annotated

import typer

from openzone.cli.arguments import AsJson, AsOf, IgnoreUnknown, Rules, day
from openzone.cli.output import help_text, note, refuse, say
from openzone.engines.text import Text

NO_FILE = Text(
    "--rules 要与 --enterprises 一起用；园区档案按园区自己的规则回答",
    "--rules goes with --enterprises: the record is answered by the rules of the zone",
)


def match(
    enterprises: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text(
                "xlsx、xls、csv 或 parquet，默认用园区档案",
                "xlsx, xls, csv or parquet, default: the zone's record",
            ),
        ),
    ] = None,
    as_of: AsOf = "",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text(
                "csv、jsonl、parquet 或 xlsx，默认输出 jsonl",
                "csv, jsonl, parquet or xlsx, default: jsonl to standard output",
            ),
        ),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help=help_text(
                "只答这条规则，可多次给出", "only this rule; may be given several times"
            ),
        ),
    ] = None,
    rules: Rules = "",
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """Write one record per enterprise and rule, by enterprise, in the order of the rules."""
    from openzone.cli.answers import check_answers_target, write_answers
    from openzone.cli.enterprises import EnterpriseFile, records_of_zone
    from openzone.cli.plans import plan_of

    on = day(as_of, "--as-of")
    check_answers_target(out, enterprises)
    if rules and enterprises is None:
        refuse(NO_FILE)
    plan = plan_of(on, rule or (), rules)
    plan = plan.only(rule) if rule else plan
    if enterprises is None:
        records = records_of_zone(plan)
    else:
        file = EnterpriseFile.read(
            enterprises, on, ignore_unknown=ignore_unknown, catalogue=plan.catalogue
        )
        records = file.records(plan)
    count = write_answers(records, out)
    if out is not None:
        note(Text(f"已写出{count}条答案：{out}", f"{count} answers written to {out}"))


def explain(
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
    rule: Annotated[
        str,
        typer.Option(
            metavar="RULE", help=help_text("规则编号，如 cn.high_tech", "such as cn.high_tech")
        ),
    ],
    as_of: AsOf = "",
    identifier: Annotated[
        str,
        typer.Option(
            "--id", help=help_text("文件里的哪一家", "which enterprise of the file"), metavar="ID"
        ),
    ] = "",
    rules: Rules = "",
    as_json: AsJson = False,
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """Print the proof: every clause with its value, limit, source and age."""
    from openzone.cli.enterprises import enterprise_meant
    from openzone.cli.plans import plan_of
    from openzone.engines.rules.explain import explain as prove
    from openzone.engines.rules.render import render

    on = day(as_of, "--as-of")
    plan = plan_of(on, [rule], rules)
    firm = enterprise_meant(
        enterprise, identifier, on, catalogue=plan.catalogue, ignore_unknown=ignore_unknown
    )
    proof = prove(plan, rule, firm.known)
    if as_json:
        who = {"id": firm.id, "name": firm.name}
        print(json.dumps(who | proof.as_json(), ensure_ascii=False, indent=2))
    else:
        label = f"{firm.id} {firm.name or ''}".strip()
        print(say(Text(f"企业：{label}", f"Enterprise: {label}")))
        print(say(render(proof)))
