"""Every address of the site. Names are stable: templates, tests and ``public.py`` use them."""

import openzone.www.converters  # noqa: F401 - the addresses below use its kinds of numbers
from openzone.www.urls import (
    core,
    cultivation,
    library,
    mine,
    outreach,
    redemption,
    rulebook,
    spokespersons,
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
]

handler400 = "openzone.www.views.errors.bad_request"
handler403 = "openzone.www.views.errors.forbidden"
handler404 = "openzone.www.views.errors.not_found"
handler500 = "openzone.www.views.errors.failed"
