"""What the services of agreements share: the agreement, locked, a checked file, the event."""

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.files.gate import FileRefusedError, check
from openzone.engines.text import Text
from openzone.zone.agreements.enums import AgreementState
from openzone.zone.agreements.models import Agreement, FairReview, Fulfilment
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.projects.writing import locked

SIGNED = Text(
    "协议“{number}”已签订，条款不能更改；请另立变更协议",
    "agreement “{number}” is signed and its terms do not change: draft an amendment",
)
NOT_IN_FORCE = Text("协议“{number}”不在履行中", "agreement “{number}” is not in force")
TO_COME = Text("{day} 还没有到", "{day} has not come yet")


def drafted(agreement: Agreement) -> Agreement:
    """Lock a draft and read it anew; refuse one that is signed."""
    fresh = _locked(agreement)
    if fresh.state != AgreementState.DRAFT:
        raise Refused(SIGNED.format(number=fresh.number))
    return fresh


def in_force(agreement: Agreement) -> Agreement:
    """Lock a signed agreement and read it anew; refuse a draft and one that ended."""
    fresh = _locked(agreement)
    if fresh.state != AgreementState.SIGNED:
        raise Refused(NOT_IN_FORCE.format(number=fresh.number))
    return fresh


def _locked(agreement: Agreement) -> Agreement:
    project = locked(agreement.project)
    fresh = Agreement.objects.filter(pk=agreement.pk).first()
    if fresh is None:
        raise Refused(Text("该草稿已被删除", "this draft was discarded"))
    fresh.project = project
    return fresh


def keep(row: Agreement | FairReview | Fulfilment, file_name: str, data: bytes) -> None:
    """Keep a file with a row once its content is what its name says."""
    try:
        found = check(file_name, data)
    except FileRefusedError as error:
        raise Refused(error.reason, field="file") from None
    row.name, row.sha256 = found.name, found.sha256
    row.file.save(found.name, ContentFile(data), save=False)


@transaction.atomic
def note(*, action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Leave the event of a service in the log."""
    record(f"agreements.{action}", actor=actor, subject=subject, payload=payload)
