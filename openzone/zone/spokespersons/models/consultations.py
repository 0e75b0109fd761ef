"""Questions about policies, their parts for other units, and the replies."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.spokespersons.enums import Channel, ConsultationStatus, Rating


class Consultation(models.Model):
    """A question about a policy.

    It belongs to a unit, not to a person: whoever speaks for the unit on a day answers it, and
    where nobody does, or no unit was found, the service centre. So a hand-over hands over its
    questions, and none is ever without somebody.

    ``opened_at`` is when the present round began (asked, or asked again); ``due_at`` was counted
    from there with the limit that was promised then, which stays as it was.
    """

    # Its case: the number, who holds it, the clock. Filled in the transaction of the asking.
    case = models.OneToOneField(
        "cases.Case", models.PROTECT, null=True, editable=False, related_name="consultation"
    )
    enterprise = models.ForeignKey(
        "registry.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("Enterprise"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations_asked",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations_recorded",
    )
    channel = models.CharField(_("Asked"), max_length=16, choices=Channel.choices)
    caller = models.CharField(_("Name of the caller"), max_length=64, blank=True)
    caller_phone = models.CharField(_("Telephone of the caller"), max_length=32, blank=True)
    document = models.ForeignKey(
        "policies.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("Policy document"),
    )
    item = models.ForeignKey(
        "policies.Item",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("Policy item"),
    )
    text = models.TextField(_("Question"), validators=[MaxLengthValidator(2000)])
    unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("Responsible unit"),
    )
    limit = models.CharField(_("Time limit"), max_length=64)
    limit_unit = models.CharField(max_length=16)
    limit_amount = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(_("Asked at"))
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(_("Due"))
    status = models.CharField(
        _("Status"),
        max_length=16,
        choices=ConsultationStatus.choices,
        default=ConsultationStatus.OPEN,
    )
    reopened = models.PositiveSmallIntegerField(_("Times asked again"), default=0)
    wants_help = models.BooleanField(_("Wants help with the application"), default=False)
    help_note = models.CharField(_("Help given"), max_length=500, blank=True)
    helped_on = models.DateField(_("Helped on"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("Consultation")
        verbose_name_plural = _("Consultations")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="consultation_asks_something"),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("opened_at")), name="consultation_due_after_opening"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="consultation_status_due"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.text[:40]}"


class Part(models.Model):
    """What another unit is to add to an answer: a joint issuer, or a second unit concerned."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="parts")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="consultation_parts")
    asks = models.CharField(_("What is asked of the unit"), max_length=500, blank=True)
    text = models.TextField(_("Contribution"), validators=[MaxLengthValidator(4000)], blank=True)
    done_at = models.DateTimeField(_("Done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["consultation_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "unit"], name="part_once_per_unit"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(text=""), name="part_done_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.asks}"


class Reply(models.Model):
    """An answer, the limit it was measured against, and what it was based on.

    ``basis`` is what the document, the item and its rule were when the answer was given; when they
    are something else today, the answer is shown as possibly out of date. ``shared_question`` is
    the question as everybody may read it, without who asked.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="replies")
    text = models.TextField(_("Answer"), validators=[MaxLengthValidator(8000)])
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="consultation_replies"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    replied_at = models.DateTimeField(_("Answered at"))
    on_the_spot = models.BooleanField(_("Answered on the spot"), default=False)
    basis: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    published_as = models.OneToOneField(
        "policies.Answer", models.PROTECT, null=True, blank=True, related_name="consultation_reply"
    )
    published_question = models.CharField(_("Question as published"), max_length=500, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("Rating"), choices=Rating.choices, null=True, blank=True
    )
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    rated_at = models.DateTimeField(_("Rated at"), null=True, blank=True)

    class Meta:
        ordering = ["consultation_id", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="reply_rating_in_grades",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.text[:40]}"

    @property
    def in_time(self) -> bool:
        """Whether it came before the limit was over."""
        return self.replied_at <= self.due_at
