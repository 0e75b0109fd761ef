"""What is promised for later (容缺、告知承诺): by whom, until when, in the words that are signed.

The rules are those of ``zone/commitments``: nobody with an unrepaired record promises, and papers
come no later than the processing time of the item allows.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.approvals.enums import PromiseKind
from openzone.zone.approvals.models import LandProof, Promise, Track, TrackItem
from openzone.zone.approvals.packs import due, pack
from openzone.zone.approvals.services.writing import note, running
from openzone.zone.audit.actors import Actor
from openzone.zone.commitments.packs import pack as commitments
from openzone.zone.commitments.selectors.standing import standing
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

NOT_SECONDARY = Text(
    "“{zh}”不是可以容缺的次要材料", "“{en}” is no secondary paper and cannot come later"
)
NOT_COMMITTED = Text(
    "“{zh}”之后没有可以告知承诺的事项", "nothing that follows “{en}” is handled on a promise"
)
TO_COME = Text("承诺日期应晚于今天", "promise a day after today")
TOO_LATE = Text(
    "承诺补正日期不得超过“{zh}”的办理时限（{day}）",
    "the day cannot lie beyond the processing time of “{en}” ({day})",
)
TEMPLATE = "missing"


@transaction.atomic
def promise(
    *, actor: Actor, track: Track, kind: str, code: str, until: dt.date, user: User,
    now: dt.datetime, today: dt.date,
) -> Promise:  # fmt: skip
    """Promise that a secondary paper comes, or that an item is issued, by a day."""
    fresh = running(track)
    codes = list(fresh.items.values_list("code", flat=True))
    made = promised(fresh, PromiseKind(kind), code, until, codes, user, now, today)
    note(
        action="promised", actor=actor, track=fresh,
        payload={"kind": kind, "code": code, "until": until.isoformat()},
    )  # fmt: skip
    return made


def promised(
    track: Track, kind: PromiseKind, code: str, until: dt.date, codes: Sequence[str], user: User,
    now: dt.datetime, today: dt.date,
) -> Promise:  # fmt: skip
    """Write a promise into a locked track, for these of its items."""
    field = f"promise_{code}" if kind == PromiseKind.PAPER else "until"
    if until <= today:
        raise Refused(TO_COME, field=field)
    _ensure_may_promise(track)
    items = _waiting(track, kind, code, codes)
    _ensure_deadline(track, items, until, now, field)
    made = Promise(track=track, kind=kind, code=code, until=until, by=user, at=now,
                   text=_words(track, kind, code, until, items))  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    return made


def _ensure_may_promise(track: Track) -> None:
    for firm in (track.project.enterprise, track.project.investor):
        found = standing(firm, "")
        if not found.allowed:
            raise Refused(found.reason)


def _waiting(
    track: Track, kind: PromiseKind, code: str, codes: Sequence[str]
) -> list[TrackItem]:  # fmt: skip
    """Return the items that go on without what is promised; refuse what cannot be promised."""
    rows = [one for one in track.items.all() if one.code in codes]
    if kind == PromiseKind.ITEM:
        found = [one for one in rows if one.committed and code in one.after]
        label = Text(code, code)
        if not found:
            raise Refused(_said(NOT_COMMITTED, label), field="code")
        return found
    paper = pack().paper(code)
    if paper is None or not paper.promise:
        label = paper.label.text if paper is not None else Text(code, code)
        raise Refused(_said(NOT_SECONDARY, label), field=f"promise_{code}")
    return [one for one in rows if code in one.papers]


def _ensure_deadline(
    track: Track, items: Sequence[TrackItem], until: dt.date, now: dt.datetime, field: str
) -> None:
    """Hold the day within the processing time; an opinion is no decision and has no such end."""
    formal = LandProof.objects.filter(track=track).exists()
    for one in items:
        if one.ahead and not formal:
            continue
        last = due(to_local(now), one.workdays).date()
        if until > last:
            told = {"zh": one.label_zh, "en": one.label_en, "day": last}
            raise Refused(TOO_LATE.format(**told), field=field)


def _words(
    track: Track, kind: PromiseKind, code: str, until: dt.date, items: Sequence[TrackItem]
) -> str:
    """Return the words of the zone's template for papers that come later."""
    template = next(one for one in commitments().templates if one.family == TEMPLATE)
    what = pack().paper(code) if kind == PromiseKind.PAPER else pack().item(code)
    blanks = {blank.id: "—" for blank in template.fields}
    return template.text.zh.format(
        **blanks | {
            "applicant": track.applicant,
            "item": "、".join(one.label_zh for one in items),
            "materials": what.label.zh if what is not None else code,
            "deadline": f"{until:%Y年%m月%d日}",
        }
    )  # fmt: skip


def _said(what: Text, label: Text) -> Text:
    return Text(what.zh.format(zh=label.zh), what.en.format(en=label.en))
