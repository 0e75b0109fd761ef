"""What enterprises and residents put in, and how it stands. The cases are those of ``cases``."""

from typing import TYPE_CHECKING

from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

MATTER = {
    "request_id": "1" * 32, "title": "示例人行道破损", "text": "示例", "f-topic": "other",
    "seen_alike": "1",
}  # fmt: skip
OF = {"kind": "enterprise_request"}
PUBLIC = {"kind": "public_report"}
EVERYBODY = (200,) * 4

ADDRESSES: tuple[Address, ...] = (
    get("matters", 200, 200, 200, 200),
    Address("matter_new", EVERYBODY, anonymous=200),
    Address("matter_new", EVERYBODY, query="?enterprise=x", anonymous=200),
    Address("matter_form", EVERYBODY, OF, anonymous=404),
    Address("matter_form", EVERYBODY, PUBLIC, anonymous=200),
    Address("matter_form", (302,) * 4, PUBLIC, method="POST", data=MATTER, anonymous=200),
    Address("matter_form", (400,) * 4, PUBLIC, method="POST", anonymous=400),
    Address("matter_alike", EVERYBODY, OF, query="?title=%E8%B7%AF%E7%81%AF&text=x", anonymous=404),
    Address("matter_alike", EVERYBODY, PUBLIC, query="?title=%E8%B7%AF%E7%81%AF", anonymous=200),
    get("matter", 403, 403, 200, 403, pk="{of_case}"),
    get("matter", 403, 403, 200, 403, pk="{answered}"),
    get("matter", 404, 404, 404, 404, pk=999),
    get("matter_file", 200, 200, 200, 403, pk="{of_case}", row="{case_paper}"),
    get("matter_file", 404, 404, 404, 403, pk="{answered}", row="{case_paper}"),
    get("case_act", 403, 403, 200, 403, pk="{answered}", name="confirm"),
    post("case_act", 403, 403, 302, 403, pk="{answered}", name="confirm", data={
        "f-satisfied": "5"}),
    post("case_act", 403, 403, 400, 403, pk="{answered}", name="dissatisfied"),
    Address("status", EVERYBODY, anonymous=200),
    Address("status", (400,) * 4, method="POST", data={"number": "OZ", "code": "X"}, anonymous=400),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    return {}
