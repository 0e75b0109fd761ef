"""Resumption of work: seasons, days, rosters, members, blockers, workbooks."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.registry.models import Enterprise
from openzone.zone.resumption.models import Blocker
from openzone.zone.resumption.services.blocking import Named
from openzone.zone.resumption.services.sheets import check_book
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.resumption import scene

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# The zone's people read; handlers and the centre keep; the firm the owner speaks for reports
# for itself. A stranger is of no firm.
PK, OWN, OTHER = {"pk": "{r_season}"}, {"pk": "{r_own}"}, {"pk": "{r_other}"}
BLOCK, BOOK = {"pk": "{r_block}"}, {"pk": "{r_book}"}
ZONE, MINE, FIRM = (200, 200, 403, 403), (200, 200, 200, 403), (200, 200, 200, 403)
KEEP, DONE, WRONG = (200, 200, 403, 403), (302, 302, 403, 403), (400, 400, 403, 403)
GONE, LOST = (404, 404, 403, 403), (404, 404, 404, 403)

ADDRESSES: tuple[Address, ...] = (
    get("resumption", *ZONE),
    get("resumption_mine", *MINE),
    get("resumption_new", *KEEP),
    post("resumption_new", *DONE, data={
        "title": "示例", "kind": "holiday", "first_on": "2026-10-08", "last_on": "2026-10-20",
        "base_month": "2026-09-01"}),
    post("resumption_new", *WRONG, data={"title": "示例", "kind": "magic"}),
    get("resumption_season", *ZONE, **PK),
    get("resumption_season", 400, 400, 403, 403, query="?on=yesterday", **PK),
    get("resumption_season", *GONE, pk=NOWHERE),
    get("resumption_trend", *ZONE, **PK),
    get("resumption_trend", *ZONE, query="?klass=none", **PK),
    post("resumption_trend", *ZONE, data={"picture_file": "trend.svg"}, **PK),
    get("resumption_close", *KEEP, **PK),
    post("resumption_close", *WRONG, **PK),
    post("resumption_close", *DONE, data={"reason": "全面复工"}, **PK),
    post("resumption_remind", *DONE, **PK),
    post("resumption_export", *ZONE, **PK),
    get("resumption_roster", *ZONE, **PK),
    get("resumption_roster", 400, 400, 403, 403, query="?klass=magic", **PK),
    get("resumption_enrol", *KEEP, **PK),
    post("resumption_enrol", *WRONG, data={"named": "无此企业", "klass": "key",
         "first_on": "2026-02-01", "because": "x"}, **PK),
    get("resumption_behind", *ZONE, measure="resumed", part="unknown", **PK),
    get("resumption_behind", *GONE, measure="resumed", part="maybe", **PK),
    get("resumption_special", *ZONE, which="silent", **PK),
    get("resumption_special", *GONE, which="lost", **PK),
    get("resumption_special", *GONE, which="silent", query="?on=yesterday", **PK),
    get("resumption_inspections", *ZONE, **PK),
    get("resumption_blockers", *ZONE, **PK),
    get("resumption_books", *KEEP, **PK),
    post("resumption_books", *WRONG, **PK),
    get("resumption_member", *FIRM, **OWN),
    get("resumption_member", 200, 200, 403, 403, **OTHER),
    get("resumption_member", *LOST, pk=NOWHERE),
    get("resumption_member_act", *FIRM, what="report", **OWN),
    get("resumption_member_act", *FIRM, what="unplanned", **OWN),
    get("resumption_member_act", *ZONE, what="inspect", **OWN),
    get("resumption_member_act", *KEEP, what="withdraw", **OWN),
    get("resumption_member_act", *LOST, what="burn", **OWN),
    post("resumption_member_act", 400, 400, 400, 403, what="report", **OWN,
         data={"on": "2030-01-01", "resumed": "yes"}),
    post("resumption_member_act", 400, 400, 400, 403, what="unplanned", **OWN),
    post("resumption_member_act", *WRONG, what="inspect", **OWN),
    post("resumption_member_act", *WRONG, what="withdraw", **OWN),
    get("resumption_blocker_act", *ZONE, what="raise", **BLOCK),
    get("resumption_blocker_act", *ZONE, what="end", **BLOCK),
    get("resumption_blocker_act", *GONE, what="burn", **BLOCK),
    post("resumption_blocker_act", *DONE, what="raise", **BLOCK),
    post("resumption_blocker_act", *WRONG, what="end", **BLOCK),
    get("resumption_book", *KEEP, **BOOK),
    get("resumption_book", *GONE, pk=NOWHERE),
    post("resumption_book_act", *DONE, step="apply", **BOOK),
    post("resumption_book_act", *DONE, step="discard", **BOOK),
    post("resumption_book_act", *GONE, step="burn", **BOOK),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.localtime()
    season = scene.season_of(actor, now)
    own = scene.listed(actor, season, Enterprise.objects.get(pk=zone.near.pk))
    other = scene.listed(actor, season, Enterprise.objects.get(pk=zone.other.pk))
    scene.reported(actor, own, "partly", now, blockers=[Named("gas", "供气不足")])
    scene.powered(actor, own, 40, now=now)
    book = check_book(
        actor=actor, season=season, kind="power", now=now, file_name="用电.csv",
        data=f"企业名称,基期用电量\n{own.name},31000\n".encode(),
    )  # fmt: skip
    made = {"season": season, "own": own, "other": other, "block": Blocker.objects.latest("pk"),
            "book": book}  # fmt: skip
    return {f"r_{name}": row.pk for name, row in made.items()}
