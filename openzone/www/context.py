"""What every page's frame shows, read only when the template asks for it."""

import datetime as dt
import json
from functools import cached_property

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www import asof
from openzone.www.nav import Group, Link, menu, public_menu
from openzone.www.views import type_size
from openzone.zone.cases.selectors.notifications import unread
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_see_console
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Enterprise, Place


class Frame:
    """The frame of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def name(self) -> str:
        """The zone's name; the product's where there is no zone, or no database to ask."""
        try:
            zone = Place.objects.filter(kind=PlaceKind.ZONE).values_list("name", flat=True).first()
        except DatabaseError:
            zone = None
        return zone or _("OpenZone")

    @cached_property
    def synthetic(self) -> bool:
        """Whether any enterprise of the record is synthetic."""
        try:
            return Enterprise.objects.filter(synthetic=True).exists()
        except DatabaseError:
            return False

    @cached_property
    def as_of(self) -> dt.date:
        """The day the page speaks of."""
        return asof.of_page(self.request)

    @cached_property
    def is_today(self) -> bool:
        """Whether that day is today."""
        return self.as_of == timezone.localdate()

    @cached_property
    def nav(self) -> list[Group]:
        """The main menu of this user."""
        return menu(self.request)

    @cached_property
    def public_nav(self) -> list[Link]:
        """The menu of the pages that open without a login."""
        return public_menu(self.request)

    @cached_property
    def layout(self) -> str:
        """The frame of a page that also opens without a login: ``{% extends frame.layout %}``."""
        return "console.html" if self.request.user.is_authenticated else "portal.html"

    @cached_property
    def inside(self) -> bool:
        """Whether the reader works for the zone: others have no list to search or go back to."""
        return may_see_console(self.request.user, timezone.localdate()).allowed

    @cached_property
    def unread(self) -> int:
        """How many notices the reader has not read; none where there is no database to ask."""
        user = self.request.user
        try:
            return unread(user) if isinstance(user, User) else 0
        except DatabaseError:
            return 0

    @property
    def large_type(self) -> bool:
        """Whether the reader asked for large type."""
        return type_size.is_large(self.request)

    @property
    def htmx_config(self) -> str:
        """How htmx works without the inline styles and eval that the security policy forbids."""
        return json.dumps(settings.HTMX_CONFIG)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: ``frame`` in every template."""
    return {"frame": Frame(request)}
