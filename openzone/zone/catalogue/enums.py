"""The closed lists of the catalogue of service items."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receiving(models.TextChoices):
    """How an application can reach the office."""

    WINDOW = "window", _("At the window")
    ONLINE = "online", _("Online")
    POST = "post", _("By post")
    AGENT = "agent", _("Through a neighbourhood agent")
    TERMINAL = "terminal", _("At a self-service terminal")
