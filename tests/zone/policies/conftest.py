"""A small library: makers of documents and items, the way the product makes them."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from openzone.zone.people.models import Unit
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.services.documents import Issuer, create_document, publish_document
from openzone.zone.policies.services.items import create_item, publish_item
from tests.factories import TESTS

DAY = dt.date(2026, 3, 1)
_numbers = count(1)

MakeDocument = Callable[..., Document]
MakeItem = Callable[..., Item]


@pytest.fixture
def make_document(office: Unit) -> MakeDocument:
    """``make_document(effective_to=…)``: a published document of the office, from 1 March 2026."""

    def make(*, published: bool = True, **given: Any) -> Document:
        number = next(_numbers)
        defaults = {
            "title": f"示例若干措施之{number}",
            "number": f"示例发〔2026〕{number}号",
            "level": "zone",
            "issued_on": DAY,
            "issuers": [Issuer(office.name, office)],
        }
        document = create_document(actor=TESTS, **(defaults | given))
        return publish_document(actor=TESTS, document=document, on=DAY) if published else document

    return make


@pytest.fixture
def make_item(office: Unit, make_document: MakeDocument) -> MakeItem:
    """``make_item(document, window_to=…)``: a published item of the office."""

    def make(document: Document | None = None, *, published: bool = True, **given: Any) -> Item:
        defaults = {
            "title": "示例奖励",
            "clause": "第一条",
            "kind": "subsidise",
            "mode": "fast",
            "owner": office,
        }
        item = create_item(actor=TESTS, document=document or make_document(), **(defaults | given))
        return publish_item(actor=TESTS, item=item, on=DAY) if published else item

    return make
