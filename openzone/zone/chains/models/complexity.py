"""What places make, as a source counted it: the ground of figures of economic complexity."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplexityStudy(models.Model):
    """A table of flows with its source, and from which size on places and products count."""

    title = models.CharField(_("Title"), max_length=200)
    source = models.CharField(_("Source"), max_length=300)
    as_of = models.DateField(_("Date of the data"))
    unit = models.CharField(_("Unit of value"), max_length=40)
    least_place = models.DecimalField(_("Least size of a place"), max_digits=20, decimal_places=2)
    least_product = models.DecimalField(
        _("Least size of a product"), max_digits=20, decimal_places=2
    )
    file_name = models.CharField(_("File"), max_length=255)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["-as_of", "-id"]
        verbose_name = _("Study of complexity")
        verbose_name_plural = _("Studies of complexity")

    def __str__(self) -> str:
        return self.title


class ComplexityFlow(models.Model):
    """How much of a product a place makes, sells or employs."""

    study = models.ForeignKey(ComplexityStudy, models.CASCADE, related_name="flows")
    place = models.CharField(_("City or region"), max_length=100)
    product = models.CharField(_("Product"), max_length=100)
    value = models.FloatField(_("Value"))

    class Meta:
        ordering = ["study_id", "id"]
        verbose_name = _("Flow")
        verbose_name_plural = _("Flows")
        constraints = [
            models.UniqueConstraint(fields=["study", "place", "product"], name="flow_once"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="flow_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.product}"
