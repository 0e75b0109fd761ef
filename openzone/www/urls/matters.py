"""What enterprises and residents put in, and how it stands."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
