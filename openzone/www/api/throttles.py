"""How often a program may ask, as the settings say at that moment."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from ninja.throttling import SimpleRateThrottle

from openzone.zone.people.models import ApiKey


class _Rate(SimpleRateThrottle):
    setting = ""

    def get_rate(self) -> str:
        """Return the rate of the settings."""
        return str(getattr(settings, self.setting))

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request; the rate is read anew, so that a zone can change it."""
        self.num_requests, self.duration = self.parse_rate(self.get_rate())
        return super().allow_request(request)


class PerKey(_Rate):
    """Requests with one key."""

    setting = "API_RATE"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """Return where a key is counted."""
        key = getattr(request, "auth", None)
        return f"api_key_{key.pk}" if isinstance(key, ApiKey) else None


class PerAddress(_Rate):
    """Requests without a key; the address itself is not kept."""

    setting = "API_RATE_WITHOUT_KEY"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """Return where an address is counted."""
        if isinstance(getattr(request, "auth", None), ApiKey):
            return None
        address = str(request.META.get("REMOTE_ADDR", ""))
        return f"api_address_{salted_hmac('openzone.www.api', address).hexdigest()}"
