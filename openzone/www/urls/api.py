"""The interfaces for programs, and the keys people make for them."""

from django.urls import URLPattern, URLResolver, include, path

from openzone.www.api.site import api
from openzone.www.views import keys

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("open311/", include("openzone.www.open311.urls")),
    path("keys/", keys.listing, name="keys"),
    path("keys/new/", keys.new, name="key_new"),
    path("keys/<number:pk>/revoke/", keys.revoke, name="key_revoke"),
]
