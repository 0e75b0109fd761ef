"""The catalogue of public service items."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, Part, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import UnitOut
from openzone.www.api.shapes.community import OfferOfRegionOut
from openzone.www.api.values import Id, Line
from openzone.www.forms import service as page
from openzone.zone.catalogue.models import RegionOffer, ServiceItem
from openzone.zone.catalogue.permissions import may_keep_catalogue, may_see_catalogue
from openzone.zone.catalogue.selectors.items import ItemFilter, items
from openzone.zone.catalogue.services.items import save_item
from openzone.zone.catalogue.services.regions import end_region, offer_region
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.CATALOGUE)


class MaterialOut(Schema):
    """A paper an item asks for."""

    name: str
    form: str
    main: bool


class ServiceItemOut(Schema):
    """A service item as lists show it."""

    code: str
    name: str
    name_en: str
    deciding_unit: UnitOut
    legal_limit: str
    committed_limit: str
    receiving: list[str]
    trips: int | None
    excluded_reason: str
    withdrawn_on: dt.date | None


class ServiceItemDetail(ServiceItemOut):
    """A service item with its papers and the commitments it accepts."""

    materials: list[MaterialOut]
    kinds: list[str]
    excluded_basis: str

    @staticmethod
    def resolve_kinds(row: Any) -> list[str]:
        """Return the kinds of commitment it accepts."""
        return [str(one.kind) for one in row.acceptances.all()]


class ServiceItemPart(Part):
    """A part of the catalogue."""

    items: list[ServiceItemOut]


@desk.read("/service-items", Text("政务服务事项", "Service items"), ServiceItemPart)
def list_items(
    asked: Asked, text: Line = "", kind: Line = "", after: After = 0, limit: Limit = 50
) -> Any:
    """Items in force; `kind` is a kind of commitment they accept."""
    require(may_see_catalogue(asked.user, asked.on))
    found = items(ItemFilter(text, None, kind), asked.on).select_related("deciding_unit")
    return latest(found, after, limit)


@desk.read("/service-items/{code}", Text("事项详情", "One item"), ServiceItemDetail)
def get_item(asked: Asked, code: Line) -> Any:
    """An item with its papers, limits and accepted commitments."""
    require(may_see_catalogue(asked.user, asked.on))
    return _item(code)


@desk.act("/service-items", Text("登记或修改事项", "Write an item down"), page.ItemForm,
          ServiceItemDetail)  # fmt: skip
def keep_item(asked: Asked, sent: Sent) -> Any:
    """Write an item down whole; one with the same code is changed."""
    require(may_keep_catalogue(asked.user, asked.on))
    form = sent.form()
    code = form.cleaned_data["code"]
    save_item(actor=asked.actor, code=code, values=form.values())
    return _item(code)


@desk.act("/service-items/{code}/regions", Text("登记跨区域通办", "Offer across regions"),
          page.RegionForm, OfferOfRegionOut, status=201)  # fmt: skip
def offer(asked: Asked, sent: Sent, code: Line) -> Any:
    """An item can be received here for a region, or there for ours."""
    require(may_keep_catalogue(asked.user, asked.on))
    return offer_region(actor=asked.actor, item=_item(code), **sent.given())


@desk.act("/region-offers/{pk}/end", Text("结束跨区域通办", "End an offer"), None,
          OfferOfRegionOut)  # fmt: skip
def end_offer(asked: Asked, sent: Body, pk: Id) -> Any:
    """Today is the last day of an offer."""
    require(may_keep_catalogue(asked.user, asked.on))
    found = get_object_or_404(RegionOffer.objects.select_related("item"), pk=pk)
    return end_region(actor=asked.actor, offer=found, last_day=asked.on)


def _item(code: str) -> ServiceItem:
    rows = ServiceItem.objects.select_related("deciding_unit")
    return get_object_or_404(rows.prefetch_related("materials", "acceptances"), code=code)
