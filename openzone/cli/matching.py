"""``match`` and ``explain``: entitlements of enterprises in a file, or in the zone's record."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from openzone.cli.answers import write_answers
from openzone.cli.arguments import day
from openzone.cli.enterprises import EnterpriseFile, known_in_file, known_in_zone
from openzone.cli.output import note, refuse, say
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.match import Record
from openzone.engines.text import Text

AsOf = Annotated[str, typer.Option("--as-of", help="YYYY-MM-DD，默认今天 / default: today")]
IgnoreUnknown = Annotated[
    bool,
    typer.Option("--ignore-unknown", help="忽略不认识的列 / ignore columns that are no facts"),
]


def match(
    enterprises: Annotated[
        Path | None,
        typer.Option(help="xlsx、xls、csv、parquet；不给则用园区档案 / default: the zone's record"),
    ] = None,
    as_of: AsOf = "",
    out: Annotated[
        Path | None,
        typer.Option(help="csv、jsonl、parquet、xlsx；不给则输出 jsonl / default: jsonl to stdout"),
    ] = None,
    rule: Annotated[list[str] | None, typer.Option(help="只答这些规则 / only these rules")] = None,
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """判断每家企业符合哪些规则 / say which rules each enterprise meets, and why not the rest."""
    on = day(as_of, "--as-of")
    if enterprises is None:
        records = _records_of_zone(on.isoformat())
        wanted = set(rule or ())
        found = (record for record in records if not wanted or record.rule in wanted)
        count = write_answers(found, out)
    else:
        plan = _plan(on.isoformat(), rule)
        file = EnterpriseFile.read(enterprises, on, ignore_unknown=ignore_unknown)
        count = write_answers(file.records(plan), out)
    if out is not None:
        note(Text(f"已写出{count}条答案：{out}", f"{count} answers written to {out}"))


def explain(
    enterprise: Annotated[
        str,
        typer.Option(help="企业编号、信用代码、名称，或文件 / number, code, name, or a file"),
    ],
    rule: Annotated[str, typer.Option(help="规则编号，如 cn.high_tech / rule id")],
    as_of: AsOf = "",
    identifier: Annotated[
        str, typer.Option("--id", help="文件里的哪一家 / which enterprise of the file")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    ignore_unknown: IgnoreUnknown = False,
) -> None:
    """逐条说明一个答案 / prove one answer, clause by clause."""
    import json

    from openzone.engines.rules.explain import explain as prove
    from openzone.engines.rules.render import render

    on = day(as_of, "--as-of")
    plan = _plan(on.isoformat(), [rule])
    if Path(enterprise).is_file():
        file = EnterpriseFile.read(Path(enterprise), on, ignore_unknown=ignore_unknown)
        name, known = known_in_file(file, identifier)
    elif _looks_like_file(enterprise):
        raise FileNotFoundError(2, "", enterprise)
    else:
        name, known = known_in_zone(enterprise, on)
    proof = prove(plan, rule, known)
    if as_json:
        print(json.dumps({"id": name, **proof.as_json()}, ensure_ascii=False, indent=2))
    else:
        print(say(Text(f"企业：{name}", f"Enterprise: {name}")))
        print(say(render(proof)))


def _looks_like_file(text: str) -> bool:
    return "/" in text or Path(text).suffix.lower() in {".csv", ".xlsx", ".xls", ".parquet"}


def _plan(as_of: str, wanted: list[str] | None) -> Plan:
    """Compile the rules in force; refuse ids that do not exist or have no version that day."""
    from openzone.packs.loading import zone_catalogue, zone_folder, zone_rules

    folder = zone_folder()
    rules, on = zone_rules(folder), day(as_of, "--as-of")
    plan = compile_rules(rules, zone_catalogue(folder), on)
    for identifier in wanted or ():
        _check_rule(identifier, {each.rule for each in rules}, plan)
    return plan.only(wanted) if wanted else plan


def _check_rule(identifier: str, known: set[str], plan: Plan) -> None:
    if identifier not in known:
        names = "、".join(sorted(known))
        refuse(
            Text(
                f"--rule：没有规则“{identifier}”。可用：{names}",
                f"--rule: there is no rule “{identifier}”. There are: {names}",
            )
        )
    if identifier not in plan.by_id:
        refuse(
            Text(
                f"{identifier} 在 {plan.as_of} 没有有效版本",
                f"{identifier} has no version in force on {plan.as_of}",
            )
        )


def _records_of_zone(as_of: str) -> Iterator[Record]:
    from openzone.cli.site import use_zone

    use_zone()
    from openzone.zone.policies.selectors.population import named_records

    return named_records(day(as_of, "--as-of"))
