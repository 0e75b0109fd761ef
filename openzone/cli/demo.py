"""``openzone demo``: a zone to look at, from nothing to the site."""

import datetime as dt
import os
from typing import Annotated

import typer

from openzone.cli.arguments import today
from openzone.cli.importing import show_progress
from openzone.cli.output import help_text, say
from openzone.cli.site import Host, Port, check_port, run_site, setup, use_django
from openzone.engines.text import Text


def demo(
    serve: Annotated[
        bool, typer.Option("--serve", help=help_text("随后启动网站", "then serve the site"))
    ] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Load 3,000 synthetic enterprises once, and say in five lines how the zone stands."""
    if serve:
        check_port(host, port)
    use_django()
    from openzone.demo.policy_pack import FOLDER

    # The rules come by the door of every zone's own packs; once released they stay in force.
    os.environ.setdefault("OPENZONE_PACKS", str(FOLDER))
    setup()
    from django.conf import settings

    from openzone.demo.loading import load_demo
    from openzone.demo.people import LOGINS

    zone = load_demo(settings.DATA, today(), show_progress)
    print(say(Text("示例园区（全部为合成数据）", "Demo zone (all data synthetic, 示例)")))
    for line in (*brief(today()), *policies_line(), *cases_line()):
        print("  " + say(line))
    print(say(Text(f"登录密码：{zone.password}", f"Password of every login: {zone.password}")))
    for login in LOGINS:
        print(f"  {login.username:<8} {say(login.what)}")
    if serve:
        print(say(Text(f"网站：http://{host}:{port}/", f"Site: http://{host}:{port}/")), flush=True)
        run_site(host, port)


def policies_line() -> list[Text]:
    """The policies and what goes on with them, in one line; none where there are no policies."""
    from openzone.zone.policies.models import Document, Item
    from openzone.zone.redemption.models import Application

    documents, items = Document.objects.count(), Item.objects.count()
    if not documents:
        return []
    asked = Application.objects.count()
    return [
        Text(
            f"政策{documents}份，事项{items}项，申请{asked}件",
            f"{documents} policy documents, {items} items, {asked} applications",
        )
    ]


def cases_line() -> list[Text]:
    """The cases in one line; none where nobody asked for anything."""
    from openzone.zone.cases.models import Case

    cases = Case.objects.count()
    if not cases:
        return []
    closed = Case.objects.filter(closed=True).count()
    kinds = Case.objects.values("kind").distinct().count()
    return [
        Text(
            f"诉求和事项{cases}件（{kinds}类），办结{closed}件，在办{cases - closed}件",
            f"{cases} cases of {kinds} types: {closed} closed, {cases - closed} open",
        )
    ]


def brief(as_of: dt.date) -> list[Text]:
    """The day in five lines."""
    from openzone.zone.audit.verification import verify
    from openzone.zone.registry.models import Fact
    from openzone.zone.rulebook.selectors.population import population

    people = population(as_of)
    counts = people.counts()
    high_tech, above = counts["cn.high_tech"], counts["cn.above_scale"]
    total = people.totals()
    fact, lacking = max(people.missing_facts.items(), key=lambda item: item[1])
    label = people.result.plan.catalogue[fact].label
    return [
        Text(
            f"企业{len(people.enterprises)}家，数据{Fact.objects.count()}条，{as_of}",
            f"{len(people.enterprises)} enterprises, {Fact.objects.count()} facts, {as_of}",
        ),
        Text(
            f"{len(counts)}项规则：符合{total.met}项次，只差一条{total.near}项次，"
            f"待补充数据{total.unknown}项次",
            f"{len(counts)} rules: {total.met} answers met, {total.near} one clause short, "
            f"{total.unknown} waiting for a fact",
        ),
        Text(
            f"高新技术企业：符合{high_tech.met}家，只差一条{high_tech.near}家；"
            f"达到“四上”标准{above.met}家",
            f"High-tech enterprise: {high_tech.met} meet it, {high_tech.near} fail one clause; "
            f"{above.met} are above designated size",
        ),
        Text(
            f"最该补的数据：{label.zh}，{lacking}家缺",
            f"Most wanted fact: {label.en}, missing for {lacking}",
        ),
        verify().summary,
    ]
