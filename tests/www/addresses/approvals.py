"""Building approvals: tracks, items, bundles, answers, figures."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.services import answering, intake, tracks
from openzone.zone.approvals.services.writing import Upload
from openzone.zone.audit.actors import Actor
from openzone.zone.land.models import Parcel
from openzone.zone.people.services import create_user
from openzone.zone.projects.services.projects import create_project
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# A project of the handler's office and the first enterprise, with a track under way, another that
# was only asked for. The administrator reads; the handler answers the items, which are all given
# to that office; the enterprise's people (owner) ask and hand in; the stranger sees nothing. The
# zone of the pages has no service centre, so that nobody coordinates here.
PROJECT, TRACK, ASKED = {"pk": "{perm_project}"}, {"pk": "{perm_track}"}, {"pk": "{perm_asked}"}
ITEM, REVIEWED = {"pk": "{perm_item}"}, {"pk": "{perm_reviewed}"}
TO_COORDINATE = ("accept", "refuse", "land", "lost", "trip")
HANDED = {"contact": "示例", "phone": "0000", "floor_area": "100"}

ADDRESSES: tuple[Address, ...] = (
    get("approvals", 200, 200, 403, 403),
    get("approvals", 200, 200, 403, 403, query="?state=running&late=on&trips=on&path=four"),
    get("approvals", 400, 400, 403, 403, query="?state=nothing"),
    get("approvals", 400, 400, 403, 403, query="?unit=x"),
    post("approval_export", 200, 200, 403, 403, data={"state": "running"}),
    get("approvals_mine", 403, 403, 200, 200),
    get("approval_figures", 200, 200, 403, 403),
    get("approval_figures", 200, 200, 403, 403, query="?item=drawings&kind=review"),
    get("approval_figures", 400, 400, 403, 403, query="?start=2026-02-01&end=2026-01-01"),
    post("approval_figures_export", 200, 200, 403, 403, data={
        "start": "2026-01-01", "end": "2026-12-31"}),
    get("project_approvals", 200, 200, 403, 403, **PROJECT),
    get("project_approvals", 404, 404, 404, 404, pk=NOWHERE),
    get("approval_new", 403, 403, 200, 403, **PROJECT),
    post("approval_new", 403, 403, 302, 403, **PROJECT, data={
        "path": "five", "parcel": "{perm_parcel}", "applicant": "示例", "acknowledged": "on"}),
    post("approval_new", 403, 403, 400, 403, **PROJECT, data={
        "path": "five", "parcel": "{perm_parcel}", "applicant": "示例"}),
    post("approval_new", 403, 403, 400, 403, **PROJECT, data={"path": "none", "parcel": "x"}),
    get("approval", 200, 200, 200, 403, **TRACK),
    get("approval", 200, 200, 200, 403, **ASKED),
    get("approval", 404, 404, 404, 404, pk=NOWHERE),
    *(get("approval_act", 403, 403, 403, 403, what=what, **TRACK) for what in TO_COORDINATE),
    *(get("approval_act", 403, 403, 200, 403, what=what, **TRACK)
      for what in ("withdraw", "expect", "promise", "paper")),
    get("approval_act", 404, 404, 404, 404, what="nothing", **TRACK),
    post("approval_act", 403, 403, 302, 403, what="expect", **TRACK, data={"on": "2027-01-01"}),
    post("approval_act", 403, 403, 400, 403, what="expect", **TRACK, data={"on": "soon"}),
    post("approval_act", 403, 403, 302, 403, what="withdraw", **ASKED, data={"reason": "改址"}),
    post("approval_act", 403, 403, 400, 403, what="withdraw", **ASKED, data={}),
    post("approval_act", 403, 403, 302, 403, what="promise", **TRACK, data={
        "what": "paper:wage_account", "until": "2030-01-01"}),
    post("approval_act", 403, 403, 400, 403, what="promise", **TRACK, data={
        "what": "paper:wage_account", "until": "2020-01-01"}),
    post("approval_act", 403, 403, 400, 403, what="paper", **TRACK, data={"code": "licence"}),
    get("approval_bundle", 403, 403, 200, 403, name="start", **TRACK),
    get("approval_bundle", 403, 403, 404, 403, name="nothing", **TRACK),
    post("approval_bundle", 403, 403, 400, 403, name="start", **TRACK, data=HANDED),
    get("approval_proof", 404, 404, 404, 403, **TRACK),
    get("approval_paper", 200, 200, 200, 403, pk="{perm_paper}"),
    get("approval_paper", 404, 404, 404, 404, pk=NOWHERE),
    get("approval_document", 404, 404, 404, 403, pk="{perm_step}"),
    post("approval_opinion", 200, 200, 200, 403, pk="{perm_step}", kind="pdf"),
    post("approval_opinion", 200, 200, 200, 403, pk="{perm_step}", kind="word"),
    post("approval_opinion", 404, 404, 404, 404, pk="{perm_step}", kind="odt"),
    get("approval_item", 200, 200, 200, 403, **ITEM),
    get("approval_item", 200, 200, 200, 403, **REVIEWED),
    get("approval_item", 404, 404, 404, 404, pk=NOWHERE),
    get("approval_hand_in", 403, 403, 200, 403, **ITEM),
    post("approval_hand_in", 403, 403, 400, 403, **REVIEWED),
    get("approval_assign", 403, 403, 403, 403, **ITEM),
    get("approval_obstacle", 403, 200, 403, 403, **ITEM),
    post("approval_obstacle", 403, 400, 403, 403, **ITEM, data={"title": "超时"}),
    *(get("approval_reply", 403, 200, 403, 403, what=what, **ITEM)
      for what in ("back", "review", "issue")),
    get("approval_reply", 404, 404, 404, 404, what="nothing", **ITEM),
    post("approval_reply", 403, 302, 403, 403, what="back", **ITEM, data={"reason": "缺签章"}),
    post("approval_reply", 403, 400, 403, 403, what="back", **ITEM, data={"reason": ""}),
    post("approval_reply", 403, 302, 403, 403, what="issue", **ITEM, data={"number": "示例1号"}),
    post("approval_reply", 403, 400, 403, 403, what="issue", **ITEM, data={
        "number": "示例1号", "seen": "1"}),
    post("approval_reply", 403, 400, 403, 403, what="issue", **REVIEWED, data={"number": "二"}),
)  # fmt: skip

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    when: dict[str, Any] = {"actor": actor, "now": now}
    unit, paper = zone.charge.unit, Upload("示例.pdf", PDF)
    other = create_user(actor=actor, username="example-applicant")
    project = create_project(
        **when, name="示例电机项目", pipeline="six_batches", on=dt.date(2026, 1, 10),
        synthetic=True, lead_unit=unit, enterprise=zone.near,
    )  # fmt: skip
    parcel = Parcel.objects.create(
        number="示例-A-01", name="示例一号地", area_m2=Decimal(66_667), use="industrial",
        created_at=now, synthetic=True,
    )  # fmt: skip
    asked, track = (
        tracks.ask(
            **when, project=project, path=path, applicant="示例", acknowledged=True, user=other,
            today=today, parcel=parcel,
        )
        for path in ("completion", "four")
    )  # fmt: skip
    units = {one.id: unit for one in pack().authorities}
    tracks.accept(**when, track=track, user=other, units=units)
    rows = {one.code: one for one in track.items.select_related("track")}
    for code in ("filing", "drawings"):
        given = dict.fromkeys(pack().item(code).papers, paper)  # type: ignore[union-attr]
        intake.hand_in(**when, track=track, item=code, files=given, user=other, today=today)
    step = answering.review_ahead(
        **when, item=rows["drawings"], text="示例：同意预审", user=other, today=today
    )
    made = {
        "project": project, "track": track, "asked": asked, "parcel": parcel, "step": step,
        "item": rows["filing"], "reviewed": rows["drawings"], "paper": track.papers.latest("pk"),
    }  # fmt: skip
    return {f"perm_{name}": row.pk for name, row in made.items()}
