"""A zone with a cell maker (named leader) and a precursor maker, and lists of outside firms."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from openzone.engines.identity.uscc import make
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ChainRoleKind, PlacementMethod
from openzone.zone.chains.models import CandidateList, ChainRole, Placement
from openzone.zone.chains.selectors.inviting import Ranking, ranking
from openzone.zone.chains.services.candidate_lists import apply_list, check_list
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
CHAIN = "lithium_battery"
HEADER = (
    "企业名称,统一社会信用代码,城市,经度,纬度,主要产品,营业收入(万元),扩产信号,信号来源,信号日期,"
    "供应给本地企业,是否鼓励类,风险提示\n"
)
CODE = make("9", "1", "320500", "MA1ABCDE")
ROWS = (
    f"江苏示例正极材料有限公司,{CODE},常州,119.97,31.81,磷酸铁锂,80000,西南建厂,公告,2026-06-01,示例电芯股份有限公司,是,无风险\n"
    "宁波示例石墨有限公司,,宁波,121.55,29.87,人造石墨,30000,,,,,,\n"
    "苏州示例铜箔有限公司,,苏州,120.58,31.30,锂电铜箔,,,,,无往来,否,被执行\n"
)


def enterprise(actor: Actor, name: str, **given: Any) -> Enterprise:
    return create_enterprise(actor=actor, name=name, synthetic=True, **given)


def placed(firm: Enterprise, node: str, by: User, share: str = "1") -> Placement:
    return Placement.objects.create(
        enterprise=firm, chain=CHAIN, node=node, share=share, valid_from=dt.date(2026, 1, 1),
        method=PlacementMethod.BY_HAND, reviewed_by=by, recorded_at=NOW,
    )  # fmt: skip


def zone(actor: Actor, by: User) -> tuple[Enterprise, Enterprise]:
    """Put a leader at the cells and a firm at the precursors."""
    cell = enterprise(actor, "示例电芯股份有限公司")
    precursor = enterprise(actor, "示例前驱体有限公司")
    placed(cell, "cell", by)
    placed(precursor, "precursor", by)
    ChainRole.objects.create(
        enterprise=cell, chain=CHAIN, kind=ChainRoleKind.LEADER, document_no="示例〔2026〕1号",
        document="链主名单", issued_by="示例管委会", valid_from=dt.date(2026, 1, 1),
        recorded_by=by, recorded_at=NOW,
    )  # fmt: skip
    return cell, precursor


def checked(actor: Actor, rows: str = ROWS, **given: Any) -> CandidateList:
    said: dict[str, Any] = {"name": "示例锂电企业名录", "source": "示例协会", "as_of": TODAY}
    said |= {"now": NOW} | given
    data = (HEADER + rows).encode()
    return check_list(actor=actor, file_name="名录.csv", data=data, **said)


def entered(actor: Actor, rows: str = ROWS, **given: Any) -> CandidateList:
    listing = checked(actor, rows, **given)
    return apply_list(actor=actor, listing=listing, now=given.get("now", NOW))


def now_ranked(user: User) -> Ranking:
    return ranking(CHAIN, TODAY, user)
