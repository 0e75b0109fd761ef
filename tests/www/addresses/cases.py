"""The desk, the pages of a case, boards, reports."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.listing import Filter
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.batches import open_batch
from openzone.zone.cases.services.desks import save_filter
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.cases.services.merging import merge
from openzone.zone.cases.services.sheets import check_sheet
from openzone.zone.cases.services.webhooks import add_webhook
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from tests.factories import LONG_AGO, TESTS
from tests.files import PDF
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

KIND = "enterprise_request"
PAPER = Upload("照片.pdf", PDF)
REQUEST = {
    "request_id": "0" * 32, "title": "示例路灯不亮", "channel": "phone", "f-topic": "other",
    "seen_alike": "1",
}  # fmt: skip

# ``of_case`` waits for the colleague's office, ``handled`` is in the colleague's hands with a
# result to confirm; ``merged`` went into another one.
ADDRESSES: tuple[Address, ...] = (
    get("my_desk", 200, 200, 403, 403),
    get("cases", 200, 200, 403, 403),
    get("cases", 200, 200, 403, 403, query="?text=OZ&state=late&kind=x&opened_from=0001-01-01"),
    post("case_export", 200, 200, 403, 403, data={"state": "open"}),
    get("case_bulk", 200, 200, 403, 403),
    post("case_bulk", 302, 302, 403, 403, data={"case": "{of_case}", "action": "note"}),
    get("case_batch", 404, 404, 403, 403, pk="{many}", query="?state=may"),
    post("case_batch_begin", 404, 404, 403, 403, pk="{many}", data={"f-text": "已电话核实"}),
    post("case_batch_export", 404, 404, 403, 403, pk="{many}"),
    post("case_batch_end", 404, 404, 403, 403, pk="{many}"),
    post("case_filter_save", 302, 302, 403, 403, data={"name": "超期", "query": "state=late"}),
    post("case_filter_save", 409, 409, 403, 403, data={"name": ""}),
    post("case_filter_drop", 404, 404, 403, 403, pk="{saved_list}"),
    get("case_new", 200, 200, 403, 403),
    get("case_form", 200, 200, 403, 403, kind=KIND),
    get("case_form", 404, 404, 403, 403, kind="nonsense"),
    post("case_form", 302, 302, 403, 403, kind=KIND, data=REQUEST),
    post("case_form", 400, 400, 403, 403, kind=KIND, data=REQUEST | {"f-topic": ""}),
    post("case_form", 400, 400, 403, 403, kind=KIND, data=REQUEST | {"enterprise": "没有的企业"}),
    get("case_import", 200, 403, 403, 403),
    post("case_import", 400, 403, 403, 403, data={"kind": KIND}),
    get("case_sheet_template", 200, 403, 403, 403, kind=KIND),
    get("case_sheet_template", 404, 403, 403, 403, kind="nonsense"),
    get("case_sheet", 200, 403, 403, 403, pk="{sheet}"),
    post("case_sheet_open", 302, 403, 403, 403, pk="{sheet}"),
    post("case_sheet_discard", 302, 403, 403, 403, pk="{sheet}"),
    post("case_sheet_workbook", 200, 403, 403, 403, pk="{sheet}"),
    get("case", 200, 200, 403, 403, pk="{of_case}"),
    get("case", 200, 200, 403, 403, pk="{handled}"),
    get("case", 200, 200, 403, 403, pk="{merged}"),
    get("case", 404, 404, 403, 403, pk=999),
    get("case_file", 200, 200, 403, 403, pk="{of_case}", row="{case_paper}"),
    get("case_file", 404, 404, 403, 403, pk="{handled}", row="{case_paper}"),
    post("case_reveal", 403, 302, 302, 403, pk="{of_case}"),
    get("case_act", 403, 200, 403, 403, pk="{of_case}", name="accept"),
    post("case_act", 403, 302, 403, 403, pk="{of_case}", name="accept"),
    get("case_act", 403, 200, 403, 403, pk="{of_case}", name="transfer"),
    post("case_act", 403, 400, 403, 403, pk="{of_case}", name="transfer"),
    get("case_act", 403, 200, 403, 403, pk="{handled}", name="finish"),
    get("case_act", 404, 404, 404, 403, pk="{of_case}", name="nonsense"),
    get("case_act", 404, 404, 404, 403, pk="{of_case}", name="merge"),
    get("case_merge", 200, 403, 403, 403, pk="{of_case}"),
    get("case_merge", 200, 403, 403, 403, pk="{of_case}", query="?into=nonsense"),
    post("case_merge", 400, 403, 403, 403, pk="{of_case}", data={"into": "OZ", "sure": "1"}),
    get("case_unmerge", 200, 403, 403, 403, pk="{merged}"),
    post("case_unmerge", 400, 403, 403, 403, pk="{merged}"),
    get("case_split", 200, 403, 403, 403, pk="{of_case}"),
    post("case_split", 400, 403, 403, 403, pk="{of_case}"),
    get("case_minutes", 302, 200, 302, 403, pk="{called}"),
    post("case_minutes", 302, 400, 302, 403, pk="{called}"),
    get("board", 200, 200, 403, 403),
    get("board", 200, 200, 403, 403, query="?kind=nonsense&unit=x"),
    get("workload", 200, 200, 403, 403),
    get("heat", 200, 200, 403, 403),
    get("heat", 200, 200, 403, 403, query="?first=2026-12-31&last=2026-01-01&kind=x"),
    get("league", 200, 200, 403, 403),
    get("league_cases", 200, 200, 403, 403, query="?unit=office&figure=received"),
    get("league_cases", 404, 404, 403, 403, query="?figure=nonsense"),
    post("league_export", 200, 200, 403, 403),
    get("systemic", 200, 200, 403, 403),
    post("systemic", 400, 403, 403, 403, data={"title": "示例", "case": "{of_case}"}),
    get("brief", 200, 200, 403, 403),
    get("brief", 200, 200, 403, 403, query="?last=nonsense"),
    post("brief_file", 200, 200, 403, 403, kind="word"),
    post("brief_file", 200, 200, 403, 403, kind="pdf"),
    post("brief_file", 404, 404, 403, 403, kind="nonsense"),
    get("webhooks", 200, 403, 403, 403),
    post("webhooks", 200, 403, 403, 403, data={"name": "示例", "url": "https://example.org/h"}),
    post("webhooks", 400, 403, 403, 403, data={"name": "示例", "url": "nonsense"}),
    post("webhook_switch", 302, 403, 403, 403, pk="{webhook}", data={"active": "0"}),
)  # fmt: skip


class Made:
    """Cases of the first enterprise, made through the services."""

    def __init__(self, zone: "Zone") -> None:
        self.zone, self.now = zone, timezone.now()
        self.office = zone.charge.unit
        self.centre = create_unit(
            actor=TESTS, code="centre", name="示例企业服务中心", kind=UnitKind.CENTRE
        )
        self.clerk = self.user("centre_clerk", Role.CENTRE, self.centre)
        self.handler = self.user("case_handler", Role.HANDLER, self.office)

    def user(self, name: str, role: Role, unit: Unit) -> User:
        user = create_user(actor=TESTS, username=name)
        grant_membership(actor=TESTS, user=user, unit=unit, role=role, valid_from=LONG_AGO)
        return user

    def opened(self, title: str, **given: Any) -> Case:
        requester = Requester(
            RequesterKind.ENTERPRISE, self.zone.near, name="示例联系人", phone="13800001234"
        )
        return open_case(
            actor=TESTS, kind=KIND, title=title, text=f"{title}，请尽快处理。", now=self.now,
            channel=Channel.PORTAL, requester=requester, place=self.zone.park,
            **{"unit": self.office, "fields": {"topic": "other"}} | given,
        ).case  # fmt: skip

    def act(self, case: Case, action: str, user: User, **given: Any) -> Case:
        files = given.pop("files", ())
        return act(
            actor=Actor.of(user), case=case, action=action, now=timezone.now(), user=user,
            data=given, files=files,
        )  # fmt: skip

    def answered(self, title: str) -> Case:
        case = self.act(self.opened(title), "accept", self.handler)
        proof = Upload("照片.pdf", PAPER.data, "evidence")
        return self.act(case, "finish", self.handler, text="已修复", files=[proof])


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    made = Made(zone)
    case = made.opened("示例园区北门路灯不亮", files=[PAPER])
    handled = made.act(made.opened("示例融资需求"), "accept", made.handler)
    called = made.act(made.opened("示例污水管网"), "accept", made.handler)
    made.act(
        called, "call_meeting", made.handler, units=[made.office.code, "centre"],
        at="2026-12-01T09:00:00+08:00",
    )  # fmt: skip
    second = made.opened("示例园区北门路灯不亮又一件")
    merge(
        actor=Actor.of(made.clerk), case=second, into=case, reason="同一件事", now=timezone.now(),
        user=made.clerk,
    )  # fmt: skip
    colleague = User.objects.filter(username="colleague").first() or made.handler
    saved = save_filter(
        actor=TESTS, user=colleague, name="示例超期", chosen=Filter(state="late"), now=made.now
    )
    hook = add_webhook(actor=TESTS, name="示例", url="https://example.org/hook", now=made.now)
    sheet = check_sheet(
        actor=TESTS, user=made.clerk, kind=KIND, channel=Channel.SPREADSHEET, file_name="诉求.csv",
        data="标题,诉求类别,企业名称\n示例路面破损,市政,\n示例停电,用能,没有的企业\n示例咨询,其他,\n".encode(),
        now=made.now, as_of=timezone.localdate(made.now),
    )  # fmt: skip
    batch = open_batch(
        actor=TESTS, user=colleague, verb="note", cases=[case.pk, handled.pk], now=made.now
    )
    rows = {
        "many": batch, "sheet": sheet, "of_case": case, "handled": handled, "merged": second,
        "called": called,
        "case_paper": case.attachments.get(), "saved_list": saved, "webhook": hook,
        "answered": made.answered("示例待确认事项"),
    }  # fmt: skip
    return {name: row.pk for name, row in rows.items()}
