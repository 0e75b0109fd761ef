"""Surveys, who is asked, and what they said. Answers are written once and never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise


class Survey(models.Model):
    """A form put to many in a period. ``definition`` is the form as it was then, with its scale."""

    form = models.CharField(_("Form"), max_length=64)
    title = models.CharField(_("Title"), max_length=160)
    definition: "models.JSONField[Any, Any]" = models.JSONField()
    first = models.DateField(_("Period from"))
    last = models.DateField(_("Period to"))
    opens_on = models.DateField(_("Opens"))
    closes_on = models.DateField(_("Closes"))
    opened_by = models.CharField(_("Opened by"), max_length=150)

    class Meta:
        ordering = ["-first", "-id"]
        verbose_name = _("Survey")
        verbose_name_plural = _("Surveys")
        constraints = [
            models.UniqueConstraint(fields=["form", "first"], name="survey_form_once_a_period"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), closes_on__gte=F("opens_on")),
                name="survey_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyInvitation(models.Model):
    """Somebody is asked: an enterprise or a person, about a case, an assignee or the zone."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="survey_invitations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_invitations",
    )
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="survey_invitation"
    )
    about_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    about_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    invited_on = models.DateField(_("Asked on"))
    answer_by = models.DateField(_("Answer by"))

    class Meta:
        ordering = ["-invited_on", "-id"]
        verbose_name = _("Request to answer")
        verbose_name_plural = _("Requests to answer")
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, person__isnull=True)
                | Q(enterprise__isnull=True, person__isnull=False),
                name="survey_asks_an_enterprise_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["survey", "enterprise"],
                condition=Q(case__isnull=True, enterprise__isnull=False),
                name="survey_asks_an_enterprise_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} · {self.enterprise or self.person}"


class SurveyResponse(models.Model):
    """What who was asked said. The database refuses to change or remove one."""

    invitation = models.OneToOneField(SurveyInvitation, models.PROTECT, related_name="response")
    answers: "models.JSONField[Any, Any]" = models.JSONField()
    remark = models.TextField(_("Remark"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="survey_responses"
    )
    answered_at = models.DateTimeField(_("Answered at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Answer to a survey")
        verbose_name_plural = _("Answers to surveys")

    def __str__(self) -> str:
        return f"{self.invitation_id}"


class CallBack(models.Model):
    """What somebody of the zone wrote down after a telephone call: a source of its own."""

    invitation = models.OneToOneField(SurveyInvitation, models.PROTECT, related_name="call_back")
    reached = models.BooleanField(_("Reached"))
    answers: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    remark = models.TextField(_("Remark"), max_length=1000, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_at = models.DateTimeField(_("Called at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Call-back")
        verbose_name_plural = _("Call-backs")

    def __str__(self) -> str:
        return f"{self.invitation_id}"
