"""Sessions on site, and challenges that wait for somebody to take them on."""

from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.visits import (
    ChallengeOut,
    ChallengePart,
    FindingOut,
    SiteSessionOut,
    SiteSessionPart,
)
from openzone.www.api.values import Id
from openzone.www.forms import sites as page
from openzone.www.forms.facts import ReasonForm
from openzone.zone.people.enums import KeyArea
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.visits import permissions
from openzone.zone.visits.models import Challenge, SiteSession
from openzone.zone.visits.selectors.visits import units_of
from openzone.zone.visits.services import board, sessions
from openzone.zone.visits.services.findings import add_question

desk = Desk(KeyArea.VISITS)


@desk.read("/site-sessions", Text("现场办公", "Sessions on site"), SiteSessionPart)
def list_site_sessions(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Sessions on site, the latest planned first."""
    require(permissions.may_visit(asked.user, asked.on))
    rows = SiteSession.objects.select_related("unit").prefetch_related("findings__case")
    return latest(rows, after, limit)


@desk.act("/site-sessions", Text("计划现场办公", "Plan a session"), page.SiteSessionForm,
          SiteSessionOut, status=201)  # fmt: skip
def plan_site_session(asked: Asked, sent: Sent) -> Any:
    """Plan a session of a unit the caller works for."""
    require(permissions.may_host(asked.user, asked.on))
    given = sent.given(units_of(asked.user, asked.on))
    return sessions.plan_session(actor=asked.actor, **given)


@desk.act("/site-sessions/{pk}/held", Text("登记现场办公", "After the session"),
          page.SiteHeldForm, SiteSessionOut)  # fmt: skip
def hold_site_session(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Minutes, and how many came with how they were counted."""
    found = _held_by(asked, pk)
    return sessions.hold_session(actor=asked.actor, session=found, now=asked.now, **sent.given())


@desk.act("/site-sessions/{pk}/cancel", Text("取消现场办公", "Call it off"), ReasonForm,
          SiteSessionOut)  # fmt: skip
def cancel_site_session(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The session does not take place."""
    found, reason = _held_by(asked, pk), sent.given()["reason"]
    return sessions.cancel_session(actor=asked.actor, session=found, reason=reason)


@desk.act("/site-sessions/{pk}/questions", Text("登记现场问题", "Note a question"),
          page.QuestionForm, FindingOut, status=201)  # fmt: skip
def site_question(asked: Asked, sent: Sent, pk: Id) -> Any:
    """What was asked, and the answer where it was given on the spot."""
    found = _held_by(asked, pk)
    return add_question(
        actor=asked.actor, user=asked.user, session=found, now=asked.now, **sent.given()
    )


@desk.act("/site-sessions/{pk}/guests", Text("登记到场企业", "Note a guest"), page.GuestForm,
          SiteSessionOut, status=201)  # fmt: skip
def site_guest(asked: Asked, sent: Sent, pk: Id) -> Any:
    """An enterprise came."""
    found = _held_by(asked, pk)
    sessions.note_guest(actor=asked.actor, session=found, now=asked.now, **sent.given())
    return found


@desk.read("/challenges", Text("揭榜挂帅", "Challenges"), ChallengePart)
def list_challenges(asked: Asked, state: str = "", after: After = 0, limit: Limit = 50) -> Any:
    """Problems that wait for somebody, with who took them on."""
    require(permissions.may_see_challenges(asked.user, asked.on))
    rows = Challenge.objects.select_related("unit", "enterprise")
    rows = rows.prefetch_related("claims__unit", "claims__user")
    return latest(rows.filter(state=state) if state else rows, after, limit)


@desk.act("/challenges", Text("发布榜单", "Post a challenge"), page.ChallengeForm, ChallengeOut,
          status=201)  # fmt: skip
def post_challenge(asked: Asked, sent: Sent) -> Any:
    """Post a problem for a unit or an enterprise one speaks for."""
    require(permissions.may_see_challenges(asked.user, asked.on))
    given = sent.given(units_of(asked.user, asked.on), spoken_for(asked.user, asked.on))
    return board.post_challenge(
        actor=asked.actor, user=asked.user, now=asked.now, today=asked.on, **given
    )


@desk.act("/challenges/{pk}/claim", Text("揭榜", "Take it on"), page.ClaimForm, ChallengeOut)
def claim(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A unit takes a problem on, with its plan."""
    require(permissions.may_visit(asked.user, asked.on))
    found, given = _challenge(pk), sent.given(units_of(asked.user, asked.on))
    board.claim_challenge(
        actor=asked.actor, user=asked.user, challenge=found, now=asked.now, **given
    )
    return _challenge(pk)


@desk.act("/challenges/{pk}/deliver", Text("交付成果", "Deliver"), page.DeliverForm, ChallengeOut)
def deliver_challenge(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Who took it on delivers."""
    require(permissions.may_visit(asked.user, asked.on))
    board.deliver_result(
        actor=asked.actor, user=asked.user, challenge=_challenge(pk), now=asked.now, **sent.given()
    )
    return _challenge(pk)


@desk.act("/challenges/{pk}/judge", Text("验收", "Judge the result"), page.JudgeForm,
          ChallengeOut)  # fmt: skip
def judge(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Who posted it accepts the result or not."""
    found = _judged(asked, pk)
    board.judge_result(
        actor=asked.actor, user=asked.user, challenge=found, now=asked.now, **sent.given()
    )
    return _challenge(pk)


@desk.act("/challenges/{pk}/withdraw", Text("撤榜", "Withdraw it"), ReasonForm, ChallengeOut)
def withdraw_challenge(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Who posted it takes it back."""
    found, reason = _judged(asked, pk), sent.given()["reason"]
    return board.withdraw_challenge(
        actor=asked.actor, user=asked.user, challenge=found, reason=reason
    )


def _challenge(pk: int) -> Challenge:
    return get_object_or_404(Challenge.objects.select_related("unit", "enterprise"), pk=pk)


def _judged(asked: Asked, pk: int) -> Challenge:
    require(permissions.may_see_challenges(asked.user, asked.on))
    found = _challenge(pk)
    require(permissions.may_judge(asked.user, found, asked.on))
    return found


def _held_by(asked: Asked, pk: int) -> SiteSession:
    require(permissions.may_visit(asked.user, asked.on))
    found = get_object_or_404(SiteSession.objects.select_related("unit"), pk=pk)
    require(permissions.may_hold(asked.user, found, asked.on))
    return found
