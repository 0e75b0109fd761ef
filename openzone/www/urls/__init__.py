"""Every address of the site. Names are stable: templates, tests and ``public.py`` use them."""

import openzone.www.converters  # noqa: F401 - the addresses below use its kinds of numbers
from openzone.www.urls import (
    agreements,
    api,
    approvals,
    cases,
    commitments,
    community,
    core,
    cultivation,
    desks,
    land,
    library,
    matters,
    mine,
    notices,
    outreach,
    overview,
    performance,
    projects,
    promotion,
    promotion_field,
    redemption,
    reforms,
    reviews,
    rulebook,
    spokespersons,
    suggestions,
    surveys,
    visits,
)

urlpatterns = [
    *core.urlpatterns,
    *library.urlpatterns,
    *spokespersons.urlpatterns,
    *rulebook.urlpatterns,
    *mine.urlpatterns,
    *redemption.urlpatterns,
    *cultivation.urlpatterns,
    *outreach.urlpatterns,
    *cases.urlpatterns,
    *notices.urlpatterns,
    *overview.urlpatterns,
    *desks.urlpatterns,
    *matters.urlpatterns,
    *commitments.urlpatterns,
    *community.urlpatterns,
    *visits.urlpatterns,
    *suggestions.urlpatterns,
    *reforms.urlpatterns,
    *surveys.urlpatterns,
    *projects.urlpatterns,
    *agreements.urlpatterns,
    *promotion.urlpatterns,
    *land.urlpatterns,
    *promotion_field.urlpatterns,
    *approvals.urlpatterns,
    *performance.urlpatterns,
    *reviews.urlpatterns,
    *api.urlpatterns,
]

handler400 = "openzone.www.views.errors.bad_request"
handler403 = "openzone.www.views.errors.forbidden"
handler404 = "openzone.www.views.errors.not_found"
handler500 = "openzone.www.views.errors.failed"
