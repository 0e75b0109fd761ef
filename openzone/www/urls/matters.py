"""What enterprises and residents put in, and how it stands."""

from django.urls import path

from openzone.www.views.matters import new, own, status

urlpatterns = [
    path("matters/", own.listing, name="matters"),
    path("matters/new/", new.choose, name="matter_new"),
    path("matters/new/<slug:kind>/", new.new, name="matter_form"),
    path("matters/new/<slug:kind>/alike/", new.alike, name="matter_alike"),
    path("matters/<number:pk>/", own.page, name="matter"),
    path("matters/<number:pk>/files/<number:row>/", own.file, name="matter_file"),
    path("status/", status.status, name="status"),
]
