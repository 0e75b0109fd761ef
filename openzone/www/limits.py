"""How often a visitor without a login may do something that writes."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from openzone.engines.text import Text
from openzone.zone.errors import Refused

WINDOW = 60 * 60
TOO_MANY = Text(
    "本网络一小时内提交次数已达上限，请稍后再试或拨打服务电话",
    "too many submissions from this network in the last hour; try again later or call",
)


def ensure_few(request: HttpRequest, what: str) -> None:
    """Refuse what came too often from one address in an hour; the address itself is not kept."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    key = "few:" + salted_hmac(f"openzone.www.{what}", address, algorithm="sha256").hexdigest()
    cache.add(key, 0, WINDOW)
    if cache.incr(key) > settings.PUBLIC_SUBMISSIONS:
        raise Refused(TOO_MANY)
