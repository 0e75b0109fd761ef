"""The addresses of GeoReport v2."""

from django.urls import path, register_converter

from openzone.www.open311 import views


class Form:
    """A format GeoReport knows."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        """Return the format."""
        return value

    def to_url(self, value: str) -> str:
        """Return how it is written."""
        return value


register_converter(Form, "georeport_form")

app_name = "open311"
urlpatterns = [
    path("discovery.<georeport_form:form>", views.discovery, name="discovery"),
    path("v2/services.<georeport_form:form>", views.service_list, name="services"),
    path("v2/services/<str:code>.<georeport_form:form>", views.service_definition, name="service"),
    path("v2/requests.<georeport_form:form>", views.requests, name="requests"),
    path("v2/requests/<str:number>.<georeport_form:form>", views.one_request, name="request"),
    path("v2/tokens/<str:name>.<georeport_form:form>", views.token, name="token"),
]
