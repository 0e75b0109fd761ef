"""Cross-region service: received here and decided there, or the other way round."""

from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas import custody
from openzone.www.api.areas.orders import PaperIn
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import RevealedOut
from openzone.www.api.shapes.community import (
    FilingDetail,
    FilingPart,
    OfferOfRegionOut,
    ReceivedOut,
    TripOut,
)
from openzone.www.api.values import Id, Line
from openzone.www.forms import filings as page
from openzone.www.forms.neighbourhood import RatingForm
from openzone.www.forms.service import LookForm, WhyForm
from openzone.zone.catalogue.selectors.items import offers_on
from openzone.zone.catalogue.services.looks import log_look
from openzone.zone.community import permissions
from openzone.zone.community.enums import FilingStatus
from openzone.zone.community.models import Filing
from openzone.zone.community.selectors.work import filings
from openzone.zone.community.services import filings as services
from openzone.zone.community.services.custody import PaperSpec, take_in
from openzone.zone.community.services.trips import record_trip
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.selectors import memberships_of

desk = Desk(KeyArea.CROSS_REGION)
STATUSES = ("open", "all", *FilingStatus.values)
RELATED = ("case", "offer__item", "receiving_unit", "deciding_unit", "received_by")


@desk.read("/region-offers", Text("跨区域通办事项", "What crosses regions"),
           list[OfferOfRegionOut])  # fmt: skip
def list_offers(asked: Asked) -> Any:
    """Items that can be received here for another region today, or there for ours."""
    require(permissions.may_see_service(asked.user, asked.on))
    return offers_on(asked.on).select_related("item")


@desk.read("/filings", Text("异地代收件", "List filings"), FilingPart)
def list_filings(asked: Asked, status: Line = "open", after: After = 0, limit: Limit = 50) -> Any:
    """Filings, the latest first; `status`: open, all, or one status."""
    require(permissions.may_see_service(asked.user, asked.on))
    if status not in STATUSES:
        raise Refused(Text("没有这种状态", "there is no such status"), field="status")
    return latest(filings(status).select_related(*RELATED), after, limit)


@desk.read("/filings/{pk}", Text("件详情", "One filing"), FilingDetail)
def get_filing(asked: Asked, pk: Id) -> Any:
    """The two sides, the two clocks, the papers, who answers for what."""
    return _seen(asked, pk)


@desk.act("/filings", Text("窗口收件", "Receive for another region"), page.FilingForm,
          ReceivedOut, status=201)  # fmt: skip
def receive(asked: Asked, sent: Sent) -> Any:
    """The receiving side checks form and identity and never decides."""
    require(permissions.may_receive(asked.user, asked.on))
    given = sent.given()
    post = memberships_of(asked.user, asked.on).order_by("pk").first()
    if post is None:
        raise Refused(Text("您不属于任何单位", "you belong to no unit"))
    got = services.receive(
        actor=asked.actor,
        offer=given.pop("offer"),
        person=services.Person(**given),
        by=asked.user,
        unit=post.unit,
        now=asked.now,
    )
    return {"filing": _seen(asked, got.filing.pk), "receipt": got.receipt}


@desk.act("/filings/{pk}/notice", Text("一次性告知", "One-time notice"), page.MissingForm,
          FilingDetail)  # fmt: skip
def notice(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Everything that is missing is named once."""
    return _step(asked, sent, pk, services.notice)


@desk.act("/filings/{pk}/complete", Text("材料补齐", "Missing papers came"), page.EmptyForm,
          FilingDetail)  # fmt: skip
def complete(asked: Asked, sent: Sent, pk: Id) -> Any:
    """What was missing came."""
    return _step(asked, sent, pk, services.complete)


@desk.act("/filings/{pk}/send", Text("审核后转出", "Form checked, send on"), page.SendForm,
          FilingDetail)  # fmt: skip
def send_on(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Form and identity are checked; the papers go to the deciding side."""
    return _step(asked, sent, pk, services.send)


@desk.act("/filings/{pk}/accept", Text("决定方收件", "The deciding side has it"), page.EmptyForm,
          FilingDetail)  # fmt: skip
def accept(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The clock of the deciding side runs from now on."""
    return _step(asked, sent, pk, services.accept)


@desk.act("/filings/{pk}/decide", Text("录入决定", "Enter the decision"), page.DecisionForm,
          FilingDetail)  # fmt: skip
def decide_filing(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Competence stays where it is: the deciding side decides."""
    return _step(asked, sent, pk, services.decide)


@desk.act("/filings/{pk}/deliver", Text("送达结果", "Deliver the result"), page.ResultForm,
          FilingDetail)  # fmt: skip
def deliver_filing(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The applicant gets the result."""
    return _step(asked, sent, pk, services.deliver)


@desk.act("/filings/{pk}/rate", Text("评价并办结", "Rate and close"), RatingForm, FilingDetail)
def rate_filing(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The applicant's word is taken by somebody other than who received it."""
    return _step(asked, sent, pk, services.rate)


@desk.act("/filings/{pk}/withdraw", Text("撤回", "Take the filing back"), WhyForm, FilingDetail)
def withdraw_filing(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The applicant takes it back."""
    return _step(asked, sent, pk, services.withdraw)


class ListIn(Body):
    """Papers as the applicant has them."""

    papers: list[PaperIn]


@desk.act("/filings/{pk}/papers", Text("登记材料", "List papers"), ListIn, FilingDetail)
def list_papers(asked: Asked, sent: ListIn, pk: Id) -> Any:
    """List the papers of a filing; they are still with the applicant."""
    found = _seen(asked, pk)
    require(permissions.may_handle(asked.user, found, asked.on))
    papers = [PaperSpec(one.name, one.original) for one in sent.papers]
    take_in(actor=asked.actor, of=found, papers=papers, now=asked.now)
    return _seen(asked, pk)


@desk.act("/filings/{pk}/liability", Text("责任认定", "Record who answers"), page.LiabilityForm,
          FilingDetail)  # fmt: skip
def liability(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Which side answers for what went wrong; recorded for good."""
    found = _received(asked, pk)
    services.hold_liable(actor=asked.actor, filing=found, now=asked.now, **sent.given())
    return _seen(asked, pk)


@desk.act("/filings/{pk}/trips", Text("记录跑动", "Record a trip"), page.TripForm, TripOut,
          status=201)  # fmt: skip
def filing_trip(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The applicant had to come all the same."""
    found = _received(asked, pk)
    return record_trip(actor=asked.actor, case=found.case, item=found.offer.item, **sent.given())


@desk.act("/filings/{pk}/reveal", Text("查看证件号", "See the numbers"), LookForm, RevealedOut)
def reveal_filing(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Identity number, telephone and address, once; the look is logged with its reason."""
    found = _seen(asked, pk)
    require(permissions.may_reveal(asked.user, asked.on))
    names, reason = ["identity", "phone", "address"], sent.given()["reason"]
    log_look(actor=asked.actor, subject=f"filing:{found.pk}", names=names, reason=reason)
    return found


def _step(asked: Asked, sent: Sent, pk: int, service: Any) -> Filing:
    """Take a step; who may is the service's word where it is more than the desk's."""
    found = _received(asked, pk)
    service(actor=asked.actor, filing=found, by=asked.user, now=asked.now, **sent.given())
    return _seen(asked, pk)


def _seen(asked: Asked, pk: int) -> Filing:
    found = get_object_or_404(Filing.objects.select_related(*RELATED), pk=pk)
    hide(permissions.may_see_filing(asked.user, found, asked.on))
    return found


def _received(asked: Asked, pk: int) -> Filing:
    found = _seen(asked, pk)
    require(permissions.may_receive(asked.user, asked.on))
    return found


custody.offer(desk, "/filings", _seen)
