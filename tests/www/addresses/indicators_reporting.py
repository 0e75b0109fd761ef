"""Reports of firms and parks: rounds, filling in, deciding, what they come to."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Report
from openzone.zone.indicators.report_packs import form_of, last_ended
from openzone.zone.indicators.services.entities import add_entity
from openzone.zone.indicators.services.rounds import open_round
from openzone.zone.registry.models import Enterprise
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# An administrator, a handler of the unit a park is reported by, the firm's own person, a stranger.
# Who runs a round and reads every firm is a statistician, no visitor here.
ALL, ZONE = (200, 200, 200, 403), (200, 200, 403, 403)
HANDS, NONE = (403, 200, 403, 403), (403, 403, 403, 403)
OWN = (403, 403, 200, 403)
ROUND, FIRM, PARK = {"pk": "{rep_round}"}, {"pk": "{rep_firm}"}, {"pk": "{rep_park}"}
PARKS = {"pk": "{rep_parks}"}
SUM = {"field": "revenue", "place": "whole"}

ADDRESSES: tuple[Address, ...] = (
    get("reports", *ALL),
    get("report_forms", *ALL),
    get("report_round_new", *NONE),
    post("report_round_new", *NONE, data={"form": "park_monthly", "period": "2026-01"}),
    get("report_round", *ZONE, **ROUND),
    get("report_round", *ZONE, query="?which=owed", **ROUND),
    get("report_round", 400, 400, 403, 403, query="?which=some", **ROUND),
    get("report_round", 404, 404, 404, 403, pk=NOWHERE),
    post("report_remind", *NONE, **ROUND),
    post("report_round_export", *HANDS, **ROUND),
    get("report_round_act", *NONE, what="close", **ROUND),
    get("report_round_act", *NONE, what="add", **ROUND),
    get("report_round_act", 404, 404, 404, 404, what="burn", **ROUND),
    post("report_round_act", *NONE, what="close", **ROUND),
    post("report_template", *OWN, **ROUND),
    post("report_template", *HANDS, **PARKS),
    get("report_upload", *OWN, **ROUND),
    get("report_upload", 404, 404, 404, 403, pk=NOWHERE),
    post("report_upload", 403, 403, 400, 403, **ROUND),
    get("report_sums", *ZONE, **ROUND),
    get("report_sums", *ZONE, query="?key=division", **ROUND),
    get("report_sums", 404, 404, 403, 403, query="?key=moon", **ROUND),
    get("report_sums", *ZONE, **PARKS),
    get("report_energy", *NONE, **ROUND),
    get("report_energy", 404, 404, 403, 403, **PARKS),
    post("report_energy_export", *NONE, **ROUND),
    get("report_scope", *ZONE, **ROUND),
    get("report_scope", 404, 404, 403, 403, **PARKS),
    get("report_scope_firms", *NONE, field="revenue", **ROUND),
    post("report_sums_export", 200, 200, 403, 403, **ROUND),
    get("report_members", *HANDS, **ROUND, **SUM),
    get("report_members", *HANDS, **PARKS, **SUM),
    get("report_members", 403, 404, 403, 403, pk="{rep_round}", field="luck", place="whole"),
    get("report", *OWN, **FIRM),
    get("report", 200, 200, 403, 403, **PARK),
    get("report", 404, 404, 404, 403, pk=NOWHERE),
    post("report", 403, 403, 302, 403, **FIRM, data={"version": "0", "cell-output": "1"}),
    post("report", 403, 403, 400, 403, **FIRM, data={"version": "7", "cell-output": "1"}),
    post("report", 403, 403, 400, 403, **FIRM, data={"version": "0", "submit": "1"}),
    post("report", 403, 400, 403, 403, **PARK),
    post("report_decide", *NONE, what="approve", **FIRM, data={"version": "0"}),
    post("report_decide", 404, 404, 404, 404, what="burn", **FIRM),
    get("report_correct", *OWN, **FIRM),
    post("report_correct", 403, 403, 400, 403, **FIRM),
    get("report_excuse", *NONE, **FIRM),
    post("report_excuse", *NONE, **FIRM, data={"reason": "停产"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    today = timezone.localdate(now)
    near = Enterprise.objects.get(pk=zone.near.pk)
    firm = getattr(near.root, "entity", None) or add_entity(
        actor=actor, kind="enterprise", name=near.name, enterprise=near
    )
    park = add_entity(actor=actor, kind="park", name="示例报送园", unit=zone.charge.unit)
    made = {
        name: open_round(actor=actor, form=form, now=now, on=today,
                         period=last_ended(form_of(form), today))
        for name, form in (("round", "enterprise_monthly"), ("parks", "park_monthly"))
    }  # fmt: skip
    reports = {
        "firm": Report.objects.get(round=made["round"], entity=firm),
        "park": Report.objects.get(round=made["parks"], entity=park),
    }
    return {f"rep_{name}": row.pk for name, row in {**made, **reports}.items()}
