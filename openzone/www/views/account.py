"""Logging in and out, and one's own password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from openzone.www.forms import refusals
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.people.services import change_password


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


class PasswordForm(forms.Form):
    """The present password, and the new one twice."""

    old = forms.CharField(label=_("Present password"), widget=forms.PasswordInput)
    password = forms.CharField(label=_("New password"), widget=forms.PasswordInput)
    again = forms.CharField(label=_("New password again"), widget=forms.PasswordInput)

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_old(self) -> str:
        """Make sure that the person at the keyboard is the person logged in."""
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not the present password."))
        return old

    def clean_again(self) -> str:
        """Catch a slip of the fingers."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise ValidationError(_("The two new passwords differ."))
        return again


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session stays, all others end."""
    user = get_object_or_404(User, pk=request.user.pk)
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid() and _changed(user, form):
        update_session_auth_hash(request, user)
        messages.success(request, _("The password is changed. Other sessions have ended."))
        return redirect("home")
    return render(request, "password.html", {"form": form}, status=400 if form.is_bound else 200)


def _changed(user: User, form: PasswordForm) -> bool:
    try:
        change_password(actor=Actor.of(user), user=user, password=form.cleaned_data["password"])
    except Refused as refusal:
        refusals.show(form, refusal)
        return False
    return True
