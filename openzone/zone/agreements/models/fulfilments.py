"""What was done for a promise, as one side reports it and the other confirms."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.agreements.enums import Side
from openzone.zone.agreements.models.agreements import Clause


class Fulfilment(models.Model):
    """A part of a quantity, or the deed, with its evidence; a row nobody rewrites."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="fulfilments")
    side = models.CharField(_("Reported by"), max_length=16, choices=Side.choices)
    on = models.DateField(_("Day"))
    quantity = models.DecimalField(
        _("Quantity"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    text = models.CharField(_("What was done for it"), max_length=500)
    file = models.FileField(_("Evidence"), upload_to="agreements/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("Reported at"))

    class Meta:
        ordering = ["clause_id", "on", "id"]
        verbose_name = _("Fulfilment")
        verbose_name_plural = _("Fulfilments")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0),
                name="fulfilment_is_something",
            ),
            models.CheckConstraint(condition=~Q(file=""), name="fulfilment_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.on}"


class Answer(models.Model):
    """What the other side says to a reported fulfilment: once, and not by who reported it."""

    fulfilment = models.OneToOneField(Fulfilment, models.PROTECT, related_name="answer")
    confirmed = models.BooleanField(_("Confirmed"))
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("Answered at"))

    class Meta:
        ordering = ["fulfilment_id"]
        verbose_name = _("Answer to a fulfilment")
        verbose_name_plural = _("Answers to fulfilments")
        constraints = [
            models.CheckConstraint(
                condition=~Q(answered_by=models.F("reported_by")), name="answer_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(remark=""), name="answer_no_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fulfilment_id} {self.confirmed}"
