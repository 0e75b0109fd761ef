"""What promotion asks of somebody: leads to call, steps that were promised, referrals to answer."""

import datetime as dt

from django.db.models import QuerySet

from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.permissions import HANDS
from openzone.zone.promotion.enums import OPEN, LeadState, ReferralState
from openzone.zone.promotion.models import Lead, Referral
from openzone.zone.promotion.selectors.quiet import Quiet, quiet_leads


def mine(user: User, on: dt.date) -> QuerySet[Lead]:
    """Return the leads somebody is to do something about: their own, and new ones of their unit."""
    units = _units(user, on)
    own = Lead.objects.filter(adviser=user, state__in=OPEN)
    return own | Lead.objects.filter(adviser=None, unit__in=units, state=LeadState.NEW)


def steps_due(user: User, until: dt.date) -> QuerySet[Lead]:
    """Return the leads of an adviser whose next step is due by a day, the first due first."""
    due = Lead.objects.filter(adviser=user, state__in=OPEN, next_on__lte=until)
    return due.select_related("investor").order_by("next_on", "pk")


def quiet_of(user: User, on: dt.date) -> list[Quiet]:
    """Return the quiet leads of somebody."""
    return quiet_leads(mine(user, on), on)


def to_assign(user: User, on: dt.date) -> QuerySet[Lead]:
    """Return the new leads of somebody's unit nobody follows."""
    new = Lead.objects.filter(adviser=None, unit__in=_units(user, on), state=LeadState.NEW)
    return new.select_related("investor").order_by("pk")


def to_answer(user: User, on: dt.date) -> QuerySet[Referral]:
    """Return the referrals somebody's unit has not answered, the first due first."""
    open_ = Referral.objects.filter(to_unit__in=_units(user, on), state=ReferralState.OPEN)
    return open_.select_related("lead__investor", "from_unit", "referrer").order_by("due", "pk")


def referred_by(user: User) -> QuerySet[Referral]:
    """Return the referrals somebody made, the last first."""
    made = Referral.objects.filter(referrer=user).select_related("lead", "to_unit", "answered_by")
    return made.order_by("-pk")


def _units(user: User, on: dt.date) -> list[int]:
    return [post.unit_id for post in memberships_of(user, on) if post.role in HANDS]
