"""What was asked during a session: pasted, chosen by a person, passed on as consultations."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from openzone.engines.reading.chat import Comment, read_comments
from openzone.www.access import require
from openzone.www.forms.outreach import CommentsForm
from openzone.www.forms.refusals import show
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.outreach.models import LiveSession, SessionQuestion
from openzone.zone.outreach.permissions import may_hold_sessions
from openzone.zone.outreach.services.sessions import pass_on_questions


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Read pasted comments, let a person choose the questions, and pass those on."""
    session = get_object_or_404(LiveSession, pk=pk)
    require(may_hold_sessions(request.user, timezone.localdate()))
    form = CommentsForm(request.POST if request.method == "POST" else None)
    comments = list(read_comments(form.cleaned_data["text"])) if form.is_valid() else []
    if comments and "pass_on" in request.POST:
        try:
            return _passed_on(request, session, _chosen(request, comments))
        except Refused as refusal:
            show(form, refusal)
    context = {
        "session": session,
        "form": form,
        "comments": comments,
        "asking": sum(comment.asks for comment in comments),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "outreach/session_questions.html", context, status=status)


def _chosen(request: HttpRequest, comments: list[Comment]) -> list[Comment]:
    lines = set(request.POST.getlist("line"))
    return [comment for index, comment in enumerate(comments) if str(index) in lines]


def _passed_on(request: HttpRequest, session: LiveSession, chosen: list[Comment]) -> HttpResponse:
    user: Any = request.user
    count = pass_on_questions(
        actor=Actor.of(user),
        session=session,
        questions=[_question(session, comment) for comment in chosen],
        by=user,
        now=timezone.now(),
    )
    said = ngettext("%(n)d question was passed on.", "%(n)d questions were passed on.", count)
    messages.success(request, said % {"n": count})
    return redirect("session", session.pk)


def _question(session: LiveSession, comment: Comment) -> SessionQuestion:
    only = session.items.all()[:2]
    return SessionQuestion(
        text=comment.text,
        name=comment.name,
        asked_at=_moment(session, comment.at),
        item=only[0] if len(only) == 1 else None,
    )


def _moment(session: LiveSession, at: dt.time | None) -> dt.datetime:
    """Return when something was said; a session may run past midnight."""
    start = timezone.localtime(session.starts_at)
    if at is None:
        return start
    moment = dt.datetime.combine(start.date(), at, start.tzinfo)
    early = start - moment > dt.timedelta(hours=12)  # said before it began is of the same evening
    return moment + dt.timedelta(days=1) if early else moment
