"""Logging in and out."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """The login form, with words of our own for what goes wrong."""

    error_messages = {
        "invalid_login": _(
            "Account or password is wrong. Five wrong passwords lock the account for a while."
        ),
        "inactive": _("This account is closed. Ask your administrator."),
    }

    def __init__(self, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.fields["username"].label = _("Account")


class Login(LoginView):
    """Log in, and go on to the page that asked for it."""

    template_name = "login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
