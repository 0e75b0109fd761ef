"""The leaders' summary and the rows behind its numbers."""

from django.urls import path

from openzone.www.views import overview

urlpatterns = [
    path("overview/", overview.page, name="overview"),
    path("overview/cases/", overview.cases, name="overview_cases"),
    path("overview/promises/", overview.promises, name="overview_promises"),
]
