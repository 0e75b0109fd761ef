"""Drafts of rules, golden cases, publishing, rehearsal, screening."""

import datetime as dt
from typing import TYPE_CHECKING

from openzone.zone.audit.actors import Actor
from openzone.zone.rulebook.services.cases import set_case
from openzone.zone.rulebook.services.drafts import (
    create_new_version,
    create_relations,
    create_revision,
    create_withdrawal,
    edit,
)
from openzone.zone.rulebook.services.publishing import adopt_packs, submit
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

TESTS = Actor.system("tests")
DAY = dt.date(2026, 11, 20)
BEGIN = {"title": "示例草案", "rule": "cn.tech_sme"}
NEW = {
    "title": "示例新规则",
    "rule": "zone.example",
    "name": "示例奖励",
    "kind": "subsidise",
    "effective_from": "2026-01-01",
}
CASE = {"name": "例一", "on": "2026-11-20", "facts": "employees = 1", "outcome": "unknown"}
ASKED = "?c0.fact=employees&c0.op=gte&c0.value=100"


def makers(address: str, **options: object) -> Address:
    """For those who make rules; handlers and enterprises neither see nor touch drafts."""
    return get(address, 200, 403, 403, 403, **options)  # type: ignore[arg-type]


def made(address: str, status: int = 302, **options: object) -> Address:
    """A step that only those take who make rules."""
    return post(address, status, 403, 403, 403, **options)  # type: ignore[arg-type]


def console(address: str, **options: object) -> Address:
    """For everybody who works for the zone."""
    return get(address, 200, 200, 403, 403, **options)  # type: ignore[arg-type]


ADDRESSES: tuple[Address, ...] = (
    makers("drafts"),
    makers("drafts", query="?state=submitted"),
    makers("draft_new"),
    made("draft_new", data=NEW),
    made("draft_new", 400, data=NEW | {"rule": "Not An Id"}),
    made("draft_new", 400, data=NEW | {"rule": "cn.tech_sme"}),
    makers("draft_revise", query="?rule=cn.tech_sme"),
    made("draft_revise", data=BEGIN),
    made("draft_revise", 400, data={"title": "", "rule": "cn.none"}),
    makers("draft_version"),
    made("draft_version", data=BEGIN | {"version": "2030", "effective_from": "2030-01-01"}),
    made("draft_version", 400, data=BEGIN | {"version": "2000", "effective_from": "2000-01-01"}),
    makers("draft_withdraw"),
    made("draft_withdraw", data=BEGIN),
    makers("draft_relations"),
    made("draft_relations", data={"title": "示例关系"}),
    makers("draft", pk="{draft}"),
    makers("draft", pk="{submitted}"),
    makers("draft", pk="{withdrawal}"),
    makers("draft", pk="{relations}"),
    get("draft", 404, 403, 403, 403, pk=NOWHERE),
    makers("draft_edit", pk="{draft}"),
    makers("draft_edit", pk="{draft}", query="?version=0&at=when-all-0"),
    get("draft_edit", 302, 403, 403, 403, pk="{submitted}"),
    made("draft_edit", pk="{draft}", data={"revision": "1", "index": "0", "title.zh": "改名"}),
    made("draft_edit", pk="{draft}", data={"revision": "1", "do": "add:when:fact"}),
    made("draft_edit", 409, pk="{draft}", data={"revision": "1", "do": "remove:when.all.99"}),
    made("draft_edit", 409, pk="{draft}", data={"revision": "7", "title.zh": "晚了"}),
    made("draft_preview", 200, pk="{draft}", data={"revision": "1", "index": "0"}),
    made("draft_preview", 200, pk="{draft}", data={"revision": "9"}),
    makers("draft_text", pk="{draft}"),
    makers("draft_text", pk="{relations}"),
    made("draft_text", 200, pk="{draft}", data={"revision": "1", "text": "rule: ["}),
    made("draft_text", 409, pk="{draft}", data={"revision": "9", "text": "rule: x"}),
    made("draft_text_preview", 200, pk="{draft}", data={"text": "rule: cn.tech_sme"}),
    makers("draft_title", pk="{draft}"),
    made("draft_title", pk="{draft}", data={"title": "另一标题"}),
    makers("draft_case_new", pk="{draft}"),
    made("draft_case_new", pk="{draft}", data=CASE),
    made("draft_case_new", 400, pk="{draft}", data=CASE | {"facts": "nothing = 1"}),
    makers("draft_case", pk="{draft}", row="{golden_case}"),
    made("draft_case", pk="{draft}", row="{golden_case}", data=CASE),
    made("draft_case_remove", pk="{draft}", row="{golden_case}"),
    made("draft_submit", pk="{draft}", data={"revision": "1"}),
    made("draft_submit", 409, pk="{submitted}", data={"revision": "2"}),
    makers("draft_return", pk="{submitted}"),
    made("draft_return", pk="{submitted}", data={"reason": "缺文号"}),
    made("draft_publish", pk="{submitted}", data={"seen": "1"}),
    made("draft_publish", 409, pk="{submitted}", data={"seen": "0"}),
    made("draft_publish", 409, pk="{submitted}", data={"seen": "1", "submitted": "soon"}),
    made(
        "draft_publish",
        409,
        pk="{submitted}",
        data={"seen": "1", "submitted": "2026-01-01T00:00:00+08:00"},
    ),
    made("draft_publish", 409, pk="{draft}", data={"seen": "1"}),
    made("draft_rebase", pk="{draft}", data={"revision": "1"}),
    makers("draft_discard", pk="{draft}"),
    made("draft_discard", pk="{draft}", data={"reason": "重复"}),
    makers("draft_moves", pk="{submitted}", query="?rule=cn.tech_sme&move=gains"),
    get("draft_moves", 404, 403, 403, 403, pk="{submitted}", query="?rule=x&move=y"),
    made("draft_moves_export", 200, pk="{submitted}"),
    console("facts_suggest", query="?q=cyry"),
    console("screening"),
    console("screening", query="?rule=cn.high_tech&standing=unknown"),
    console("screening", query=f"{ASKED}&standing=near&place=park-1&industry=C"),
    console("screening", query="?c0.fact=contact_phone&c0.op=in&c0.value=1"),
    get("screening", 404, 404, 403, 403, query="?rule=cn.none"),
    post("screening_export", 200, 200, 403, 403, data={"rule": "cn.high_tech"}),
    post("screening_export", 404, 404, 403, 403),
    makers("screening_draft", query=ASKED),
    get("screening_draft", 404, 403, 403, 403),
    console("releases"),
    made("releases_adopt"),
    console("release", number="{release}"),
    get("release", 404, 404, 403, 403, number=NOWHERE),
    console("release_artefact", number="{release}"),
)


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    release = adopt_packs(actor=TESTS)
    by = {"actor": TESTS, "by": zone.clerk}
    rule = {"rule_id": "cn.tech_sme"}
    changed = create_revision(**by, **rule, title="示例修订")
    draft = edit(
        **by,
        draft=changed,
        revision=1,
        text=changed.text.replace("zh: 科技型中小企业", "zh: 科小", 1),
    )
    draft.revision = 1  # what the addresses above say they saw
    draft.save(update_fields=["revision"])
    case = set_case(**by, draft=draft, case=None, name="空", on=DAY, facts={}, outcome="unknown")
    follower = create_new_version(
        **by, **rule, title="示例新版", version="2030", effective_from=dt.date(2030, 1, 1)
    )
    waiting = submit(**by, draft=follower, revision=1)
    return {
        "release": release.number if release else 1,
        "draft": draft.pk,
        "golden_case": case.pk,
        "submitted": waiting.pk,
        "withdrawal": create_withdrawal(**by, **rule, title="示例撤销").pk,
        "relations": create_relations(**by, title="示例关系").pk,
    }
