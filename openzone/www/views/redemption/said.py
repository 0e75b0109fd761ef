"""Opinions, objections and their answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, posted
from openzone.www.forms.redemption import ObjectionAnswerForm, ObjectionForm, OpinionForm
from openzone.www.views.redemption.lists import _user
from openzone.www.views.redemption.pages import answer as answer_form
from openzone.zone.audit.actors import Actor
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application, Objection, Opinion
from openzone.zone.redemption.permissions import may_give_opinion, may_handle, may_object
from openzone.zone.redemption.services import handling, publicity


def _crumb(application: Application) -> tuple[Crumb, ...]:
    return (Crumb(reverse("application", args=[application.pk]), application.number),)


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the opinion of a unit, or one's own as a reviewer."""
    asked = get_object_or_404(
        Opinion.objects.select_related("application__enterprise", "application__item", "unit"),
        pk=pk,
    )
    user, application = _user(request), asked.application
    require(may_give_opinion(user, asked, timezone.localdate()))
    form = OpinionForm(posted(request))

    def act() -> str:
        handling.give_opinion(
            actor=Actor.of(user), user=user, opinion=asked, at=timezone.now(), **form.cleaned_data
        )
        return reverse("application", args=[application.pk])

    page = FormPage(
        _("Give an opinion"), _("Give the opinion"), _("The opinion is recorded."),
        _crumb(application), f"{application.enterprise.name} · {asked.whose}",
    )  # fmt: skip
    return answer_form(request, page, form, act)


@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to what is published."""
    rows = Application.objects.select_related("enterprise", "item")
    user, application = _user(request), get_object_or_404(rows, pk=pk)
    require(may_object(user, application, timezone.localdate()))
    form = ObjectionForm(posted(request))

    def act() -> str:
        publicity.make_objection(
            actor=Actor.of(user), user=user, application=application, at=timezone.now(),
            **form.cleaned_data,
        )  # fmt: skip
        return reverse("publicity")

    page = FormPage(
        _("Object"), _("Send the objection"),
        _("The objection is recorded. It is answered before the publicity ends."),
        (Crumb(reverse("publicity"), _("Publicity")),),
        f"{application.enterprise.name} · {application.item.title}",
    )  # fmt: skip
    return answer_form(request, page, form, act)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    rows = Objection.objects.select_related("application__enterprise", "application__item")
    user, made = _user(request), get_object_or_404(rows, pk=pk)
    application = made.application
    require(may_handle(user, application, Stage.PUBLICITY, timezone.localdate()))
    form = ObjectionAnswerForm(posted(request))

    def act() -> str:
        publicity.answer_objection(
            actor=Actor.of(user), user=user, objection=made, at=timezone.now(), **form.cleaned_data
        )
        return reverse("application", args=[application.pk])

    page = FormPage(
        _("Answer the objection"), _("Send the answer"), _("The answer is recorded."),
        _crumb(application), made.text,
    )  # fmt: skip
    return answer_form(request, page, form, act)
