"""Handing in: one form for all items of a bundle, every paper once, what is missing promised."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from openzone.engines.projects.permits import PermitState
from openzone.engines.text import Text
from openzone.zone.approvals.enums import PromiseKind, StepKind
from openzone.zone.approvals.models import Intake, Paper, Track
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.standing import Board, Line, board, names_of
from openzone.zone.approvals.services.promising import promised
from openzone.zone.approvals.services.telling import tell_handed_in
from openzone.zone.approvals.services.writing import (
    Upload,
    already,
    ensure_fit,
    keep,
    note,
    running,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

NO_BUNDLE = Text("没有名为“{bundle}”的“一件事”", "there is no bundle called “{bundle}”")
NO_ITEM = Text("该路径没有事项“{item}”", "this path has no item “{item}”")
NO_PAPER = Text("没有名为“{paper}”的材料", "there is no paper called “{paper}”")
FILL_IN = Text("请填写“{zh}”", "fill in “{en}”")
NOT_A_NUMBER = Text("“{zh}”应为大于零的数", "“{en}” should be a number above zero")
MISSING = Text("“{item}”还缺：{papers}", "“{item}” still needs: {papers}")
NOTHING = Text("没有需要提交的事项", "there is nothing to hand in")
IN_HAND = Text("已提交，正在办理", "it is handed in and under way")


@transaction.atomic
def hand_in_bundle(
    *, actor: Actor, track: Track, bundle: str, answers: Mapping[str, str],
    files: Mapping[str, Upload], user: User, now: dt.datetime, today: dt.date,
    promises: Mapping[str, dt.date] | None = None,
) -> Intake:  # fmt: skip
    """Hand in every item of a bundle that is open, by one form; each paper is given once.

    Raises:
        Refused: with the first blank that is empty, or the papers an item still needs.

    """
    fresh = running(track)
    chosen = pack().path(fresh.path)
    found = chosen.bundle(bundle) if chosen is not None else None
    if found is None:
        raise Refused(NO_BUNDLE.format(bundle=bundle))
    for blank in found.form:
        value = answers.get(blank.id, "").strip()
        if not value and not blank.optional:
            raise Refused(_said(FILL_IN, blank.label.text), field=blank.id)
        if value and blank.number and not _positive(value):
            raise Refused(_said(NOT_A_NUMBER, blank.label.text), field=blank.id)
    known = {blank.id: answers.get(blank.id, "").strip() for blank in found.form}
    return _handed_in(
        actor, fresh, found.items, bundle, known, files, promises or {}, user, now, today
    )


@transaction.atomic
def hand_in(
    *, actor: Actor, track: Track, item: str, files: Mapping[str, Upload], user: User,
    now: dt.datetime, today: dt.date, promises: Mapping[str, dt.date] | None = None,
) -> Intake:  # fmt: skip
    """Hand in one item by itself."""
    fresh = running(track)
    return _handed_in(actor, fresh, [item], "", {}, files, promises or {}, user, now, today)


@transaction.atomic
def give_paper(
    *, actor: Actor, track: Track, code: str, file: Upload, user: User, now: dt.datetime,
) -> Paper:  # fmt: skip
    """Give a paper, or a newer one: opinions that rest on the one before no longer hold."""
    fresh = running(track)
    made = _paper(fresh, code, file, user, now, "file")
    note(
        action="paper_given", actor=actor, track=fresh,
        payload={"paper": code, "sha256": made.sha256},
    )  # fmt: skip
    return made


def _handed_in(
    actor: Actor, track: Track, codes: Sequence[str], bundle: str, answers: Mapping[str, str],
    files: Mapping[str, Upload], promises: Mapping[str, dt.date], user: User, now: dt.datetime,
    today: dt.date,
) -> Intake:  # fmt: skip
    for code, until in promises.items():
        if code not in files:
            promised(track, PromiseKind.PAPER, code, until, codes, user, now, today)
    found = board(track, now)
    lines = [_line(found, code) for code in codes]
    ready = [one for one in lines if _can_come(one, files)]
    if not ready:
        raise Refused(_why_nothing(lines))
    for one in ready:
        _ensure_papers(found, one, files)
    for code, file in files.items():
        ensure_fit(file, f"paper_{code}")
    for code, file in files.items():
        _paper(track, code, file, user, now, f"paper_{code}")
    intake = Intake(
        track=track, bundle=bundle, items=[one.item.code for one in ready], answers=dict(answers),
        by=user, at=now,
    )  # fmt: skip
    intake.save(force_insert=True)
    for one in ready:
        one.item.steps.create(kind=StepKind.HANDED_IN, by=user, at=now, intake=intake)
    tell_handed_in([one.item for one in ready], user, now)
    note(
        action="handed_in", actor=actor, track=track,
        payload={"bundle": bundle, "items": list(intake.items), "papers": sorted(files)},
    )  # fmt: skip
    return intake


def _paper(
    track: Track, code: str, file: Upload, user: User, now: dt.datetime, field: str
) -> Paper:
    if pack().paper(code) is None:
        raise Refused(NO_PAPER.format(paper=code), field=field)
    made = Paper(track=track, code=code, by=user, at=now)
    keep(made, file, field)
    ensure_valid(made)
    made.save(force_insert=True)
    return made


def _line(found: Board, code: str) -> Line:
    line = next((one for one in found.lines if one.item.code == code), None)
    if line is None:
        raise Refused(NO_ITEM.format(item=code))
    return line


def _can_come(line: Line, files: Collection[str]) -> bool:
    """Whether an item can be handed in: not issued, not in hand, no opinion that holds.

    An opinion stops holding when a paper it rests on is among those that come now.
    """
    if line.state in (PermitState.RED, PermitState.LAPSED):
        return False
    if line.last is not None and line.last.kind == StepKind.REVIEWED:
        return line.state is PermitState.STALE or bool(set(line.last.basis) & set(files))
    return line.filed is None or line.filed.returned


def _why_nothing(lines: Sequence[Line]) -> Text:
    if len(lines) > 1:
        return NOTHING
    (line,) = lines
    if line.state is PermitState.RED and line.last is not None:
        return already(line.last)
    return line.reason if line.state is PermitState.BLUE else IN_HAND


def _ensure_papers(found: Board, line: Line, files: Collection[str]) -> None:
    missing = [
        code
        for code in line.missing
        if code not in files and (str(PromiseKind.PAPER), code) not in found.promised
    ]
    if missing:
        papers = names_of(missing)
        raise Refused(
            Text(MISSING.zh.format(item=line.label.zh, papers=papers.zh),
                 MISSING.en.format(item=line.label.en, papers=papers.en)),
            field=f"paper_{missing[0]}",
        )  # fmt: skip


def _said(what: Text, label: Text) -> Text:
    return Text(what.zh.format(zh=label.zh), what.en.format(en=label.en))


def _positive(value: str) -> bool:
    try:
        return 0 < float(value) < 1e12
    except ValueError:
        return False
