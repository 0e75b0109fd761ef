"""Receipt codes: the status of a case without logging in, for who holds number and code.

A code is shown once and kept as a hash. It is 60 random bits; the look-ups are counted, so that
nobody tries them all.
"""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import F, Sum
from django.utils.crypto import constant_time_compare, salted_hmac

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import Case, LookUp
from openzone.zone.cases.packs import pack
from openzone.zone.errors import Refused

# Crockford's alphabet: nothing in it is mistaken for something else when read aloud.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12
_SALT = "openzone.cases.receipt"


def make(request_id: str = "") -> str:
    """Return a code such as ``7K3M-9QWX-2F4H``.

    With a request id it is always the same: who repeats a request whose answer was lost is shown
    the code the case already has.
    """
    if request_id:
        raw = salted_hmac(_SALT, request_id, algorithm="sha256").digest()
    else:
        raw = secrets.token_bytes(_LENGTH)
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in raw[:_LENGTH])
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def hashed(code: str) -> str:
    """Return how a code is kept; case, gaps and the letters people mistake do not matter."""
    plain = "".join(code.split()).replace("-", "").upper()
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def look_up(*, actor: Actor, number: str, code: str, address: str, now: dt.datetime) -> Case | None:
    """Return the case of a number and its code, ``None`` where they do not belong together.

    ``address`` is where the question comes from; after too many wrong answers to it, it is refused
    for a while. A number is never locked: that would let anybody lock its owner out.
    """
    key = salted_hmac(_SALT + "address", address, algorithm="sha256").hexdigest()
    if _misses(key, now) >= pack().look_up.most:
        raise Refused(TOO_MANY.format(minutes=pack().look_up.minutes))
    case = Case.objects.filter(number=number.strip().upper()).first()
    kept = case.receipt_hash if case is not None else ""
    # Compared even where there is no such number: both answers take the same time.
    if constant_time_compare(hashed(code), kept or "-") and case is not None:
        return case
    _count(key, now, actor)
    return None


TOO_MANY = Text(
    "查询错误次数过多，请{minutes}分钟后再试",
    "too many wrong codes; try again in {minutes} minutes",
)


def _window(now: dt.datetime) -> dt.datetime:
    """Return the minute a moment lies in: misses are counted by minutes."""
    return now.replace(second=0, microsecond=0)


def _misses(key: str, now: dt.datetime) -> int:
    since = _window(now) - dt.timedelta(minutes=pack().look_up.minutes)
    counted = LookUp.objects.filter(key=key, window__gt=since)
    return counted.aggregate(misses=Sum("count"))["misses"] or 0


def _count(key: str, now: dt.datetime, actor: Actor) -> None:
    row, _ = LookUp.objects.get_or_create(key=key, window=_window(now))
    LookUp.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if _misses(key, now) == pack().look_up.most:
        record("cases.look_up.locked", actor=actor, payload={"key": key[:16]})
