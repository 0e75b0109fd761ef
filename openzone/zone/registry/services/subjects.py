"""What every service of the record needs: the subject, locked, and its name in the log."""

import datetime as dt

from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise, Subject


def label(subject: Subject | Enterprise) -> str:
    """Return the name of a subject in the log, such as ``enterprise:12``."""
    kind = subject.subject.kind if isinstance(subject, Enterprise) else subject.kind
    return f"{kind}:{subject.pk}"


def locked(subject: Subject | Enterprise) -> Subject:
    """Lock a subject until the transaction ends, so that its writers take turns."""
    return Subject.objects.select_for_update().get(pk=subject.pk)


def ensure_not_absorbed(subject: Subject | Enterprise) -> None:
    """Refuse to write to an enterprise that was merged into another one."""
    root = Enterprise.objects.filter(cluster=subject.pk).exclude(pk=subject.pk).first()
    if root is not None:
        raise Refused(
            Text(
                "该企业已并入“{name}”，请在合并后的企业上操作",
                "this enterprise was merged into “{name}”; change that one",
            ).format(name=root.name)
        )


def ensure_not_future(day: dt.date, field: str) -> None:
    """Refuse a day that has not come: nothing becomes known in the future."""
    if day > timezone.localdate():
        raise Refused(Text("{day} 还没有到", "{day} has not come yet").format(day=day), field=field)
