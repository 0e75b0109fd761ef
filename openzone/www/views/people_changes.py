"""What administrators do: accounts, passwords, units and roles."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.people import (
    EndForm,
    NewPasswordForm,
    NewUnitForm,
    NewUserForm,
    RoleForm,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.people import services
from openzone.zone.people.models import Membership, User
from openzone.zone.people.permissions import may_administer


@require_http_methods(["GET", "POST"])
def new_user(request: HttpRequest) -> HttpResponse:
    """Create an account, with its first password."""
    actor = _administrator(request)
    form = NewUserForm(posted(request))

    def create() -> str:
        return _page_of(services.create_user(actor=actor, **form.account()))

    done = _("The account is created. Grant a role next: without one it opens nothing.")
    page = FormPage(_("New user"), _("Create the account"), done, (_people(),))
    return answer(request, page, form, create)


@require_http_methods(["GET", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Create a unit."""
    actor = _administrator(request)
    form = NewUnitForm(posted(request))

    def create() -> str:
        unit = services.create_unit(actor=actor, **form.cleaned_data)
        return reverse("people_unit", args=[unit.pk])

    page = FormPage(_("New unit"), _("Create the unit"), _("The unit is created."), (_people(),))
    return answer(request, page, form, create)


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Set somebody's password anew."""
    actor, person = _administrator(request), get_object_or_404(User, pk=pk)
    form = NewPasswordForm(posted(request))

    def change() -> str:
        new = form.cleaned_data["password"]
        return _page_of(services.change_password(actor=actor, user=person, password=new))

    done = _("The password is set. All sessions of this account have ended.")
    page = FormPage(_("Set a new password"), _("Set the password"), done, _above(person))
    return answer(request, page, form, change)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, after asking once."""
    actor, person = _administrator(request), get_object_or_404(User, pk=pk)

    def deactivate() -> str:
        on = timezone.localdate()
        return _page_of(services.deactivate_user(actor=actor, user=person, on=on))

    page = FormPage(
        _("Close the account"),
        _("Close the account"),
        _("The account is closed."),
        _above(person),
        _("Nobody can log in with it from now on. What the person did stays on record."),
    )
    return answer(request, page, forms.Form(posted(request)), deactivate)


@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a role in a unit."""
    actor, person = _administrator(request), get_object_or_404(User, pk=pk)
    form = RoleForm(posted(request))

    def give() -> str:
        services.grant_membership(actor=actor, user=person, **form.cleaned_data)
        return _page_of(person)

    done = _("The role is granted.")
    page = FormPage(_("Grant a role"), _("Grant the role"), done, _above(person))
    return answer(request, page, form, give)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a role end after its last day."""
    actor = _administrator(request)
    roles = Membership.objects.select_related("user", "unit")
    role = get_object_or_404(roles, pk=pk)
    form = EndForm(posted(request))

    def finish() -> str:
        last_day = form.cleaned_data["last_day"]
        services.end_membership(actor=actor, membership=role, last_day=last_day)
        return _page_of(role.user)

    done = _("The last day is recorded.")
    page = FormPage(
        _("End a role"),
        _("Record the last day"),
        done,
        _above(role.user),
        f"{role.get_role_display()} · {role.unit}",
    )
    return answer(request, page, form, finish)


def _administrator(request: HttpRequest) -> Actor:
    require(may_administer(request.user, timezone.localdate()))
    return Actor.of(request.user)


def _people() -> Crumb:
    return Crumb(reverse("people"), _("People and units"))


def _above(person: User) -> tuple[Crumb, ...]:
    return (_people(), Crumb(_page_of(person), str(person)))


def _page_of(person: User) -> str:
    return reverse("people_user", args=[person.pk])
