"""Every address of the site. Names are stable: templates, tests and ``public.py`` use them."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from openzone.www.views import account, as_of, home

urlpatterns = [
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="set_language"),
    path("as-of/", as_of.choose, name="as_of"),
    path("", home.home, name="home"),
]

handler400 = "openzone.www.views.errors.bad_request"
handler403 = "openzone.www.views.errors.forbidden"
handler404 = "openzone.www.views.errors.not_found"
handler500 = "openzone.www.views.errors.failed"
