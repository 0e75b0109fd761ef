"""What an answer was based on, and whether that is still so."""

import datetime as dt
from typing import Any

from openzone.engines.text import Text
from openzone.zone.policies.models import Document
from openzone.zone.policies.packs import rule_version
from openzone.zone.policies.selectors.force import force
from openzone.zone.spokespersons.models import Consultation, Reply

PARTS = {
    "document": Text("政策文件已修改", "the document was changed"),
    "force": Text("政策文件的效力已变化", "the document is no longer in force as it was"),
    "item": Text("政策事项已修改", "the item was changed"),
    "rule": Text("适用规则换了版本", "another version of the rule applies"),
}


def document_of(consultation: Consultation) -> Document | None:
    """Return the document a question is about, its item's where it names an item."""
    item = consultation.item
    return consultation.document or (item.document if item is not None else None)


def basis_of(consultation: Consultation, on: dt.date) -> dict[str, Any]:
    """Return the versions that decide the answer on a day, and whether the document holds."""
    basis: dict[str, Any] = {}
    if (document := document_of(consultation)) is not None:
        basis |= {"document": document.version, "force": str(force(document, on))}
    if (item := consultation.item) is not None:
        basis |= {"item": item.version, "rule": rule_version(item.rule_id, on)}
    return basis


def changed(reply: Reply, on: dt.date) -> list[Text]:
    """Return what is no longer as it was when the answer was given; nothing if it still holds."""
    now = basis_of(reply.consultation, on)
    return [said for name, said in PARTS.items() if reply.basis.get(name) != now.get(name)]
