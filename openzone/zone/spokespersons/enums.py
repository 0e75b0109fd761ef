"""The closed lists of spokespersons and consultations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a question reached the zone."""

    ONLINE = "online", _("Online")
    PHONE = "phone", _("By telephone")
    COUNTER = "counter", _("At the counter")
    LIVE = "live", _("In a live session")


class ConsultationStatus(models.TextChoices):
    """Where a question stands."""

    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")


class Rating(models.IntegerChoices):
    """How the asker rates an answer: the five grades of 政务服务“好差评” (国办发〔2019〕51号)."""

    VERY_GOOD = 5, _("Very satisfied")
    GOOD = 4, _("Satisfied")
    FAIR = 3, _("Fairly satisfied")
    BAD = 2, _("Dissatisfied")
    VERY_BAD = 1, _("Very dissatisfied")
