"""Joint water monitoring: the zone's people look, those of a side act, firms see nothing."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.engines.water.quarters import quarter_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.packs import worktime
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.waters.models import Planned, WaterFile
from openzone.zone.waters.services.log import add_finding
from openzone.zone.waters.services.sheets import check_sheet
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.waters.river import JPEG, River, approved, campaign, entry, river

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# The colleague acts for the office, which is one side; the administrator of the zone for none.
LOOK, ACT, DONE, WRONG = (200, 200, 403, 403), (403, 200, 403, 403), (403, 302, 403, 403), (
    403, 400, 403, 403)  # fmt: skip
SENT, GONE = (200, 200, 403, 403), (404, 404, 403, 403)
NOT_HERE = (403, 404, 403, 403)
FORM_GONE, POSTED = (403, 404, 403, 403), (403, 302, 403, 403)
SECTION, OPEN, OLD = {"pk": "{w_section}"}, {"pk": "{w_open}"}, {"pk": "{w_old}"}
RESULT, BOOK = {"pk": "{w_result}"}, {"pk": "{w_book}"}
PATROL = {"kind": "patrol", "pk": "{w_patrol}"}
LEAK = {"kind": "incident", "pk": "{w_leak}"}
TOLD = {"kind": "exchange", "pk": "{w_told}"}
TARGET = {"level": "III", "document": "示例〔2026〕1号", "document_on": "2026-01-01",
          "valid_from": "2026-01-01"}  # fmt: skip

ADDRESSES: tuple[Address, ...] = (
    get("waters", *LOOK),
    get("waters", *LOOK, query="?first=2026-01-01&last=2026-06-30"),
    get("waters", 400, 400, 403, 403, query="?first=2026-05-01&last=2026-04-01"),
    get("water_map", *LOOK),
    post("water_map", *SENT, data={"picture_file": "watermap.xlsx"}),
    get("water_limits", *LOOK),
    get("water_limits", *LOOK, query="?body=lake"),
    get("water_limits", *GONE, query="?body=sea"),
    post("water_export", *SENT, what="grid"),
    post("water_export", *SENT, what="sections"),
    post("water_export", *SENT, what="patrol"),
    post("water_export", *GONE, what="gold"),
    get("water_sections", *LOOK),
    get("water_section_new", *ACT),
    post("water_section_new", *DONE, data={
        **TARGET, "water": "示例新河", "body": "river", "code": "new", "name": "示例断面",
        "one": "office", "other": "tongnan"}),
    post("water_section_new", *WRONG, data={**TARGET, "one": "office", "other": "office"}),
    get("water_section", *LOOK, **SECTION),
    get("water_section", *LOOK, query="?item=cod", **SECTION),
    get("water_section", *GONE, query="?item=gold", **SECTION),
    get("water_section", *GONE, pk=NOWHERE),
    get("water_section_act", *ACT, what="target", **SECTION),
    get("water_section_act", *ACT, what="chief", **SECTION),
    get("water_section_act", *ACT, what="close", **SECTION),
    get("water_section_act", *NOT_HERE, what="burn", **SECTION),
    post("water_section_act", *DONE, what="target", **SECTION, data=TARGET),
    post("water_section_act", *WRONG, what="target", **SECTION, data={"level": "IX"}),
    get("water_campaigns", *LOOK),
    get("water_campaigns", *LOOK, query="?first=2026-01-01&last=2026-12-31"),
    get("water_campaigns", 400, 400, 403, 403, query="?first=no"),
    get("water_campaign_new", *ACT),
    post("water_campaign_new", *WRONG, data={"quarter": "2026Q7"}),
    get("water_campaign", *LOOK, **OPEN),
    get("water_campaign", *LOOK, **OLD),
    get("water_campaign", *GONE, pk=NOWHERE),
    get("water_campaign_act", *ACT, what="cancel", **OPEN),
    get("water_campaign_act", *NOT_HERE, what="lock", **OPEN),
    post("water_campaign_act", *DONE, what="lock", **OPEN),
    post("water_campaign_act", *DONE, what="approve", **OPEN),
    post("water_campaign_act", 403, 403, 403, 403, what="approve", **OLD),
    post("water_campaign_act", *WRONG, what="cancel", **OPEN),
    post("water_campaign_act", *DONE, what="cancel", **OPEN, data={"reason": "示例改期"}),
    post("water_report", *SENT, kind="word", **OLD),
    post("water_report", *SENT, kind="pdf", **OLD),
    post("water_report", *SENT, kind="excel", **OLD),
    post("water_report", *GONE, kind="gold", **OLD),
    post("water_report", 302, 302, 403, 403, kind="word", **OPEN),
    get("water_samples_book", *ACT, **OPEN),
    post("water_samples_book", *WRONG, **OPEN),
    get("water_samples_template", *ACT, **OPEN),
    get("water_result", *LOOK, **RESULT),
    get("water_result", *LOOK, pk="{w_done}"),
    get("water_result", *GONE, pk=NOWHERE),
    get("water_result_act", *ACT, what="enter", **RESULT),
    get("water_result_act", *ACT, what="arrange", **RESULT),
    get("water_result_act", *ACT, what="again", **RESULT),
    get("water_result_act", *NOT_HERE, what="ask", **RESULT),
    post("water_result_act", *DONE, what="ask", **RESULT),
    post("water_result_act", *WRONG, what="enter", **RESULT, data={"cod": "未检出"}),
    get("water_log", *LOOK, kind="patrol"),
    get("water_log", *LOOK, kind="incident", query="?first=2026-01-01&last=2026-12-31"),
    get("water_log", *LOOK, kind="dispatch"),
    get("water_log", 400, 400, 403, 403, kind="exchange", query="?state=lost"),
    get("water_log", *GONE, kind="gold"),
    *(get("water_entry_new", *ACT, kind=kind)
      for kind in ("exchange", "patrol", "incident", "dispatch")),
    post("water_entry_new", *WRONG, kind="patrol"),
    post("water_entry_new", *DONE, kind="exchange", data={
        "one": "office", "other": "tongnan", "water": "{w_water}", "on": "2026-01-05",
        "term": "data", "title": "示例数据"}),
    get("water_entry", *LOOK, **PATROL),
    get("water_entry", *LOOK, **LEAK),
    get("water_entry", *LOOK, **TOLD),
    get("water_entry", *GONE, kind="exchange", pk=NOWHERE),
    get("water_entry_act", *ACT, what="finding", **PATROL),
    get("water_entry_act", *ACT, what="withdraw", **TOLD),
    get("water_entry_act", *ACT, what="measure", **LEAK),
    get("water_entry_act", *ACT, what="done", **LEAK),
    get("water_entry_act", *ACT, what="return", **LEAK),
    get("water_entry_act", *NOT_HERE, what="burn", **LEAK),
    post("water_entry_act", *DONE, what="confirm", **TOLD),
    post("water_entry_act", *WRONG, what="withdraw", **TOLD),
    get("water_entry_by_number", 302, 302, 403, 403, pk="{w_told}"),
    post("water_finding_case", *DONE, pk="{w_finding}"),
    post("water_file", *SENT, pk="{w_file}"),
    post("water_file", *GONE, pk=NOWHERE),
    *(get("water_books", *ACT, what=what) for what in ("sections", "exchange", "patrol")),
    get("water_books", *GONE, what="samples"),
    post("water_books", *WRONG, what="patrol"),
    get("water_book", *ACT, **BOOK),
    post("water_book_act", *DONE, step="apply", **BOOK),
    post("water_book_act", *DONE, step="discard", **BOOK),
    post("water_book_act", *NOT_HERE, step="burn", **BOOK),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    at = river(actor, zone.charge.unit, now=now)
    old, opened = _campaigns(at, now)
    today = timezone.localdate(now)
    patrol, leak, told = (entry(at, kind, on=today, now=now)
                          for kind in ("patrol", "incident", "exchange"))  # fmt: skip
    hands = at.by(at.ours, now)
    photo = Upload("河岸.jpg", JPEG, "photos")
    finding = add_finding(**hands, entry=patrol, text="示例垃圾", files=[photo])
    book = check_sheet(**hands, what="patrol", mine=at.home, file_name="巡河.csv", data=(
        "日期,水体,对方单位,内容,本方人员,对方人员\n"
        "2026-01-06,示例界河,tongnan,示例巡河,张某,李某\n").encode())  # fmt: skip
    made = {
        "section": at.border, "water": at.border.water, "open": opened, "old": old,
        "result": Planned.objects.get(campaign=opened), "patrol": patrol, "leak": leak,
        "done": Planned.objects.get(campaign=old), "told": told, "finding": finding,
        "file": WaterFile.objects.get(), "book": book,
    }  # fmt: skip
    return {f"w_{name}": row.pk for name, row in made.items()}


def _campaigns(at: River, now: dt.datetime) -> tuple[object, object]:
    """One approved in an earlier quarter, one of this quarter still open."""
    here = quarter_of(timezone.localdate(now))
    calendar = worktime().calendar
    days = [calendar.shift_workdays(span.first + dt.timedelta(days=35), 1)
            for span in (here.before, here)]  # fmt: skip
    late = dt.datetime.combine(days[0] + dt.timedelta(days=3), dt.time(9), now.tzinfo)
    gone = approved(at, late, quarter=here.before, sample_on=days[0],
                    enter_by=days[0] + dt.timedelta(days=20))  # fmt: skip
    due = max(timezone.localdate(now), days[1]) + dt.timedelta(days=20)
    return gone, campaign(at, now=now, quarter=here, sample_on=days[1], enter_by=due)
