"""An assisted order: an agent does for a resident what the resident agreed to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.community.enums import Delivery, OrderStatus, ReviewStep


class Order(models.Model):
    """An order from the day it was taken on until the result is in the resident's hands."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="assisted_order")
    resident = models.ForeignKey("community.Resident", models.PROTECT, related_name="orders")
    consent = models.ForeignKey("community.Consent", models.PROTECT, related_name="orders")
    item = models.ForeignKey(
        "catalogue.ServiceItem", models.PROTECT, related_name="+", verbose_name=_("Item")
    )
    agent = models.ForeignKey("community.Agent", models.PROTECT, related_name="orders")
    point = models.ForeignKey(
        "community.ServicePoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("Service point"),
    )
    duty = models.OneToOneField(
        "community.ResidentDuty", models.PROTECT, null=True, blank=True, related_name="order"
    )
    home_visit = models.BooleanField(_("Home visit"), default=False)
    visited_on = models.DateField(_("Visited on"), null=True, blank=True)
    taken_at = models.DateTimeField(_("Taken on at"))
    due_on = models.DateField(_("Due"), null=True, blank=True)
    status = models.CharField(
        _("Status"), max_length=16, choices=OrderStatus.choices, default=OrderStatus.TAKEN
    )
    result = models.CharField(_("Result"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("Delivered"), null=True, blank=True)
    delivery = models.CharField(
        _("How delivered"), max_length=16, choices=Delivery.choices, blank=True
    )
    delivered_to = models.CharField(_("Received by"), max_length=64, blank=True)
    rating = models.PositiveSmallIntegerField(_("Rating"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    closing_note = models.CharField(_("Why it ended"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Assisted order")
        verbose_name_plural = _("Assisted orders")
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)),
                name="order_rating_1_to_5",
            ),
        ]
        indexes = [models.Index(fields=["agent", "status"], name="order_agent_status")]

    def __str__(self) -> str:
        return f"{self.case} {self.item}"

    @property
    def open(self) -> bool:
        """Whether anything is still to be done."""
        return self.status not in (OrderStatus.CLOSED, OrderStatus.WITHDRAWN)


class Review(models.Model):
    """What the community, then the street, found about the papers of an order."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="reviews")
    step = models.CharField(_("Step"), max_length=16, choices=ReviewStep.choices)
    passed = models.BooleanField(_("Passed"))
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Reviewed by")
    )
    reviewed_at = models.DateTimeField(_("Reviewed"))

    class Meta:
        ordering = ["order_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(reason=""), name="review_return_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.step} {self.passed}"
