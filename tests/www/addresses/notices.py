"""What people are told, how they want to be told, and the summary for leaders."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.models import Notification
from openzone.zone.cases.services.telling import Message, tell
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# ``n_clerk`` is a line for the clerk, which none of the four visitors is.
ADDRESSES: tuple[Address, ...] = (
    get("notices", 200, 200, 200, 200),
    get("notices", 200, 200, 200, 200, query="?show=new"),
    post("notices_read", 302, 302, 302, 302),
    post("notices_read", 302, 302, 302, 302, data={"notice": "{n_clerk}", "show": "new"}),
    post("notices_read", 302, 302, 302, 302, data={"notice": "nonsense"}),
    post("notice", 404, 404, 404, 404, pk="{n_clerk}"),
    get("notice_choices", 200, 200, 200, 200),
    post("notice_choices", 302, 302, 302, 302, data={"assigned-in_app": "1", "matter-email": "1"}),
    get("overview", 200, 200, 403, 403),
    get("overview", 200, 200, 403, 403, query="?first=0001-01-01&last=nonsense&kind=x"),
    get("overview_cases", 200, 200, 403, 403, query="?what=late"),
    get("overview_cases", 200, 200, 403, 403, query="?what=solved&unit=-"),
    get("overview_cases", 404, 404, 403, 403, query="?what=nonsense"),
    get("overview_promises", 200, 200, 403, 403, query="?what=checks"),
    get("overview_promises", 404, 404, 403, 403),
    get("suggestion_implementation", 200, 200, 403, 403),
    get("suggestion_implementation", 200, 200, 403, 403, query="?campaign=9&round=x&standing=y"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Tell the clerk something."""
    said = Text("示例：一件事派给您", "Example: something is assigned to you")
    message = Message(NoticeKind.ASSIGNED, "example", said, "example-1")
    tell(message, [zone.clerk.pk], timezone.now())
    return {"n_clerk": Notification.objects.get(user=zone.clerk, action="example").pk}
