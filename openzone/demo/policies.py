"""The demo zone's policies: budgets, rules, documents with their items, and what they mean."""

import datetime as dt
from collections.abc import Iterable

from openzone.demo.policy_pack import DocumentSpec, ItemSpec, policy_pack
from openzone.engines.rules.schema import Rule
from openzone.zone.audit.actors import Actor
from openzone.zone.ledger.models import Account
from openzone.zone.ledger.services import open_account, transfer
from openzone.zone.people.models import Unit
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.packs import rule_named
from openzone.zone.policies.services.documents import Issuer, create_document, publish_document
from openzone.zone.policies.services.items import Paper, create_item, publish_item
from openzone.zone.policies.services.meaning import (
    FiveFields,
    publish_interpretation,
    write_interpretation,
)
from openzone.zone.rulebook.packs import rules

TREASURY = "demo-treasury"
FEN = 100


def has_rules() -> bool:
    """Whether every rule that an item of the pack names is in force in this zone."""
    known = {rule.rule for rule in rules()}
    return all(
        item.rule in known for one in policy_pack().documents for item in one.items if item.rule
    )


def create_policies(actor: Actor, on: dt.date) -> None:
    """Enter and publish every document of the pack as of a day."""
    create_budgets(actor, on)
    units = {unit.code: unit for unit in Unit.objects.all()}
    made: dict[str, Document] = {}
    for spec in sorted(policy_pack().documents, key=lambda one: one.effective_from):
        made[spec.code] = _document(actor, spec, units, made, on)


def create_budgets(actor: Actor, on: dt.date) -> None:
    """Open the accounts and put this year's money on them."""
    first = dt.date(on.year, 1, 1)
    treasury = open_account(
        actor=actor, code=TREASURY, name="示例财政专户", opened_on=first, may_be_negative=True
    )
    for budget in policy_pack().budgets:
        account = open_account(actor=actor, code=budget.code, name=budget.name, opened_on=first)
        transfer(
            actor=actor,
            key=f"demo-appropriation-{budget.code}-{on.year}",
            source=treasury,
            target=account,
            amount=budget.appropriated * FEN,
            on=first,
            memo=f"{on.year}年度预算（示例）",
        )


def _document(
    actor: Actor,
    spec: DocumentSpec,
    units: dict[str, Unit],
    made: dict[str, Document],
    on: dt.date,
) -> Document:
    document = create_document(
        actor=actor,
        issuers=list(_issuers(spec, units)),
        code=spec.code,
        title=spec.title.zh,
        title_en=spec.title.en,
        number=spec.number,
        level=spec.level,
        category=spec.category,
        adopted_on=spec.adopted_on,
        issued_on=spec.issued_on,
        effective_from=spec.effective_from,
        effective_to=spec.effective_to,
        supersedes=made.get(spec.supersedes),
        synthetic=True,
    )
    document = publish_document(actor=actor, document=document, on=spec.issued_on)
    for item in spec.items:
        _item(actor, document, item, units, on)
    return document


def _issuers(spec: DocumentSpec, units: dict[str, Unit]) -> Iterable[Issuer]:
    for issuer in spec.issuers:
        unit = units[issuer.unit] if issuer.unit else None
        yield Issuer(unit.name if unit else issuer.name, unit, issuer.leads)


def _item(
    actor: Actor, document: Document, spec: ItemSpec, units: dict[str, Unit], on: dt.date
) -> Item:
    first, last = spec.days(on.year)
    item = create_item(
        actor=actor,
        document=document,
        materials=[Paper(paper.name, True, paper.series) for paper in spec.materials],
        code=spec.code,
        title=spec.title.zh,
        title_en=spec.title.en,
        clause=spec.clause or "示例",
        kind=spec.kind,
        mode=spec.mode,
        rule_id=spec.rule,
        owner=units[spec.owner],
        window_from=first,
        window_to=last,
        budget=Account.objects.filter(code=spec.budget).first(),
    )
    _explain(actor, document, item, spec, on)
    return publish_item(actor=actor, item=item, on=document.issued_on or on)


def _explain(actor: Actor, document: Document, item: Item, spec: ItemSpec, on: dt.date) -> None:
    """Write the five fields from what the pack says of the item and its rule."""
    rule = rule_named(spec.rule)
    draft = write_interpretation(
        actor=actor,
        document=document,
        item=item,
        fields=FiveFields(
            content=_content(rule, on) or f"{spec.title.zh}（示例）。",
            audience="在示例区登记、未列入经营异常名录和严重失信名单的企业（示例）。",
            period=_period(document, item),
            conditions=_conditions(rule, on) or "由责任单位审定（示例）。",
            materials="、".join(paper.name for paper in spec.materials)
            or "无需提交材料，由系统比对。",
        ),
        on=on,
    )
    publish_interpretation(actor=actor, interpretation=draft, on=on)


def _content(rule: Rule | None, on: dt.date) -> str:
    version = rule.version_on(on) if rule else None
    amount = version.amount if version else None
    return f"{amount.label.zh}（示例）。" if amount and amount.label else ""


def _conditions(rule: Rule | None, on: dt.date) -> str:
    version = rule.version_on(on) if rule else None
    members = getattr(version.when, "members", ()) if version else ()
    return "；".join(part.label.zh for part in members if part.label)


def _period(document: Document, item: Item) -> str:
    if item.window_from and item.window_to:
        return f"每年{item.window_from:%m月%d日}至{item.window_to:%m月%d日}受理（示例）。"
    return f"政策有效期内常年受理，{document.effective_from}起施行（示例）。"
