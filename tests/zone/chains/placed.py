"""Firms of the example zone at links of the battery chain, put there as the product does it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import ChainRole
from openzone.zone.chains.services.placing import place
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise

TESTS = Actor.system("tests")
CHAIN = "lithium_battery"
LONG_AGO = dt.date(2026, 2, 1)
HERE = {
    "示例前驱体有限公司": ("precursor",), "示例电芯甲有限公司": ("cell",),
    "示例电芯乙有限公司": ("cell", "pack"), "示例整车有限公司": ("vehicle",),
    "示例回收有限公司": ("recycling",), "示例锂盐有限公司": ("lithium_salt",),
}  # fmt: skip


def put(user: User, name: str, *nodes: str, on: dt.date = LONG_AGO, **given: Any) -> Enterprise:
    """Place a new firm at links of the chain, in equal shares."""
    firm = create_enterprise(actor=TESTS, name=name, synthetic=True, **given)
    share = Decimal(1) / len(nodes)
    place(
        actor=TESTS, user=user, enterprise=firm, valid_from=on, now=timezone.now(),
        parts={(CHAIN, node): share for node in nodes},
    )  # fmt: skip
    return firm


def put_all(user: User, **given: Any) -> dict[str, Enterprise]:
    """Place the firms of the example; the cathode between them is missing."""
    return {name: put(user, name, *nodes, **given) for name, nodes in HERE.items()}


def name_leader(user: User, firm: Enterprise) -> ChainRole:
    """Name a firm leader of the chain, by its document."""
    return ChainRole.objects.create(
        enterprise=firm, chain=CHAIN, kind="leader", document_no="示例〔2026〕1号",
        document="关于公布链主企业的通知", issued_by="示例市工业和信息化局",
        valid_from=LONG_AGO, recorded_by=user, recorded_at=timezone.now(), synthetic=True,
    )  # fmt: skip
