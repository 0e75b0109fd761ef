"""``match`` and ``explain``: entitlements of enterprises in a file, or in the zone's record."""

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
from openzone.cli.choices import Engine, Kind
from openzone.cli.output import help_text, note, refuse, say
from openzone.engines.text import Text

NO_FILE = Text(
    "--rules 要与 --enterprises 一起用；园区档案按园区自己的规则回答",
    "--rules goes with --enterprises: the record is answered by the rules of the zone",
)


Table = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE|FOLDER",
        help=help_text(
            "xlsx、xls、csv、parquet，或只含 parquet 的文件夹；默认用园区档案",
            "xlsx, xls, csv, parquet, or a folder of parquet files; default: the zone's record",
        ),
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=help_text(
            "csv、jsonl、parquet 或 xlsx，默认输出 jsonl",
            "csv, jsonl, parquet or xlsx, default: jsonl to standard output",
        ),
    ),
]
OnlyRules = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE",
        help=help_text("只答这条规则，可多次给出", "only this rule; may be given several times"),
    ),
]
Answers = Annotated[
    Kind,
    typer.Option(
        help=help_text(
            "逐家逐条的答案、各条规则的家数，或位图",
            "a record per enterprise and rule, counts per rule, or bit planes",
        )
    ),
]
EngineMeant = Annotated[
    Engine, typer.Option(help=help_text("在本机运行，或用 Spark", "run here, or on Spark"))
]
SparkMaster = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help=help_text("Spark 主节点，如 local[2]、spark://…", "such as local[2] or spark://…"),
    ),
]
Parts = Annotated[
    int | None,
    typer.Option(min=1, help=help_text("分成几份", "how many pieces"), show_default=False),
]


def match(
    enterprises: Table = None,
    as_of: AsOf = "",
    out: Out = None,
    rule: OnlyRules = None,
    answers: Answers = Kind.RECORDS,
    engine: EngineMeant = Engine.LOCAL,
    spark_master: SparkMaster = "local[*]",
    parts: Parts = None,
    rules: Rules = "",
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """Write one record per enterprise and rule, by enterprise, in the order of the rules."""
    from openzone.cli.answers import write_answers
    from openzone.cli.enterprises import records_of_zone
    from openzone.cli.plans import plan_of
    from openzone.cli.products import product_of
    from openzone.cli.runs import Run, check_options, run
    from openzone.cli.sources import Source

    on = day(as_of, "--as-of")
    if rules and enterprises is None:
        refuse(NO_FILE)
    check_options(enterprises, out, answers, engine, spark_master)
    plan = plan_of(on, rule or (), rules, on_record=enterprises is None)
    plan = plan.only(rule) if rule else plan
    if enterprises is None:
        count = write_answers(records_of_zone(plan), out)
    else:
        source = Source.of(enterprises, on, plan.catalogue, ignore_unknown=ignore_unknown)
        asked = Run(plan, product_of(answers, out), engine, spark_master, parts)
        count = run(source, asked, out)
    if out is not None:
        note(Text(f"已写出{count}条答案：{out}", f"{count} answers written to {out}"))


def explain(
    enterprise: EnterpriseMeant,
    rule: Annotated[
        str,
        typer.Option(
            metavar="RULE", help=help_text("规则编号，如 cn.high_tech", "such as cn.high_tech")
        ),
    ],
    as_of: AsOf = "",
    identifier: RowMeant = "",
    rules: Rules = "",
    as_json: AsJson = False,
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """Print the proof: every clause with its value, limit, source and age."""
    from openzone.cli.enterprises import enterprise_meant, is_on_record
    from openzone.cli.plans import plan_of
    from openzone.engines.rules.explain import explain as prove
    from openzone.engines.rules.render import render

    on = day(as_of, "--as-of")
    plan = plan_of(on, [rule], rules, on_record=is_on_record(enterprise, identifier))
    firm = enterprise_meant(
        enterprise, identifier, on, catalogue=plan.catalogue, ignore_unknown=ignore_unknown
    )
    proof = prove(plan, rule, firm.known, advise=True)
    if as_json:
        who = {"id": firm.id, "name": firm.name}
        print(json.dumps(who | proof.as_json(), ensure_ascii=False, indent=2))
    else:
        label = f"{firm.id} {firm.name or ''}".strip()
        print(say(Text(f"企业：{label}", f"Enterprise: {label}")))
        print(say(render(proof)))
