"""What proposers with an account are told in the program, by the notices of the whole zone."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message
from openzone.zone.cases.services.telling import tell as tell_people
from openzone.zone.suggestions.enums import Outcome
from openzone.zone.suggestions.models import Feedback, Final, Original, Verdict
from openzone.zone.suggestions.packs import reason_named

SOLVED = "solved"
_MERGED = Text(
    "您的第{n}号建议已归并到“{title}”，等待评审",
    "your suggestion {n} is merged into “{title}” and waits for the review",
)
_FREED = Text(
    "您的第{n}号建议已从“{title}”中退出，重新等待处理",
    "your suggestion {n} was taken out of “{title}” and waits again",
)
_DECIDED = {
    Outcome.ACCEPT: Text("您的第{n}号建议已采纳", "your suggestion {n} is adopted"),
    Outcome.PILOT: Text("您的第{n}号建议先行试点", "your suggestion {n} is tried out as a pilot"),
    Outcome.REJECT: Text(
        "您的第{n}号建议未采纳：{reason}", "your suggestion {n} is not adopted: {reason}"
    ),
}
_AGAIN = Text("您的第{n}号建议有了进一步答复", "your suggestion {n} is explained further")
_DONE = Text("您的第{n}号建议已落实：“{title}”", "your suggestion {n} is carried out: “{title}”")


def of_merge(final: Final, originals: Iterable[Original], now: dt.datetime) -> None:
    """Tell proposers into which suggestion theirs was merged."""
    for one in originals:
        said = _MERGED.format(n=one.number, title=final.title)
        _say(one, "merged", said, f"final-{final.pk}", now)


def of_undoing(final: Final, originals: Iterable[Original], now: dt.datetime) -> None:
    """Tell proposers that a merge they were told of does not stand."""
    for one in originals:
        said = _FREED.format(n=one.number, title=final.title)
        _say(one, "freed", said, f"final-{final.pk}", now)


def of_verdict(verdict: Verdict, originals: Iterable[Original], now: dt.datetime) -> None:
    """Tell proposers what was decided; where it was not adopted, with the reason."""
    outcome, reason = Outcome(verdict.outcome), reason_named(verdict.reason)
    why = Text(reason.label.zh, reason.label.en) if reason else Text("", "")
    for one in originals:
        words = _DECIDED[outcome]
        said = Text(
            words.zh.format(n=one.number, reason=why.zh),
            words.en.format(n=one.number, reason=why.en),
        )
        _say(one, str(outcome), said, f"verdict-{verdict.pk}", now)


def of_explanation(notice: Feedback, now: dt.datetime) -> None:
    """Tell a proposer who was not satisfied that there is a further answer."""
    said = _AGAIN.format(n=notice.original.number)
    _say(notice.original, "explained", said, f"turn-{notice.pk}", now)


@transaction.atomic
def tell_done(*, actor: Actor, final: Final, now: dt.datetime) -> int:
    """Tell the proposers of a suggestion once that it is carried out; return how many stand behind.

    It is, when its case is closed as solved.
    """
    current = Final.objects.select_for_update(of=("self",)).select_related("case").get(pk=final.pk)
    case = current.case
    if current.done_told_at or case is None or not (case.closed and case.outcome == SOLVED):
        return 0
    behind = Original.objects.filter(flows__final=current, flows__undone_at__isnull=True)
    originals = list(behind.select_related("member").order_by("number"))
    for one in originals:
        said = _DONE.format(n=one.number, title=current.title)
        _say(one, "done", said, f"done-{current.pk}", now)
    current.done_told_at = now
    current.save(update_fields=["done_told_at"])
    record(
        "suggestions.final.done_told",
        actor=actor,
        subject=f"suggestion_final:{current.pk}",
        payload={"originals": [one.number for one in originals]},
    )
    return len(originals)


def _say(original: Original, action: str, said: Text, of: str, now: dt.datetime) -> None:
    if original.member.user_id is None:
        return
    subject = f"suggestion:{original.pk}"
    # The moment is part of the key: one may be merged, freed and merged again.
    key = f"{subject}-{action}-{of}-{now.timestamp():.0f}"
    message = Message(NoticeKind.SUGGESTION, f"suggestion.{action}", said, key, subject=subject)
    tell_people(message, [original.member.user_id], now)
