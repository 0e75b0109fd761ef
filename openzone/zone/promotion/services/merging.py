"""Two investors that are one are read as one, and apart again. Nothing moves."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.promotion.models import Investor, InvestorMerge
from openzone.zone.promotion.selectors.alike import whole
from openzone.zone.promotion.services.investors import taken
from openzone.zone.promotion.services.writing import ensure_said, locked_investor, note

ITSELF = Text("不能与自身合并", "an investor cannot be merged with itself")
UNLIKE = Text(
    "示例投资方不能与真实投资方合并", "a synthetic investor cannot be merged with a real one"
)
OTHER_CODE = Text(
    "两家信用代码不同（{one}、{other}），是两个主体",
    "they have different credit codes ({one}, {other}): they are two",
)
UNDONE = Text("这次合并已经撤销", "this merge has been undone already")


@transaction.atomic
def merge_investors(
    *, actor: Actor, survivor: Investor, absorbed: Investor, reason: str, now: dt.datetime,
    user: User | None = None,
) -> InvestorMerge:  # fmt: skip
    """Read one investor as another; its contacts and leads are then read with the other's."""
    if survivor.pk == absorbed.pk:
        raise Refused(ITSELF)
    why = ensure_said(reason)
    _lock(survivor, absorbed)
    kept, gone = locked_investor(survivor), locked_investor(absorbed)
    if kept.synthetic != gone.synthetic:
        raise Refused(UNLIKE)
    if kept.uscc and gone.uscc and kept.uscc != gone.uscc:
        raise Refused(OTHER_CODE.format(one=kept.uscc, other=gone.uscc))
    merge = InvestorMerge(survivor=kept, absorbed=gone, reason=why, merged_by=user, merged_at=now)
    ensure_valid(merge)
    merge.save()
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    _settle(kept, gone)
    note(
        action="investor.merged", actor=actor, subject=kept,
        payload={"absorbed": gone.pk, "name": gone.name, "reason": why},
    )  # fmt: skip
    return merge


@transaction.atomic
def undo_investor_merge(
    *, actor: Actor, merge: InvestorMerge, reason: str, now: dt.datetime
) -> InvestorMerge:
    """Undo a merge: both investors stand exactly as if it had never been."""
    why = ensure_said(reason)
    _lock(merge.survivor, merge.absorbed)
    done = InvestorMerge.objects.select_related("survivor", "absorbed").get(pk=merge.pk)
    if done.undone_at is not None:
        raise Refused(UNDONE)
    _ensure_code_free(done.absorbed)
    done.undone_at, done.undone_reason = now, why
    done.save(update_fields=["undone_at", "undone_reason"])
    together = list(whole(done.absorbed))
    done.absorbed.merged_into = None
    done.absorbed.save(update_fields=["merged_into"])
    _settle(*together)
    note(
        action="investor.unmerged", actor=actor, subject=done.survivor,
        payload={"absorbed": done.absorbed.pk, "reason": why},
    )  # fmt: skip
    return done


def _lock(*investors: Investor) -> None:
    """Lock everybody concerned in one order, whichever way round two people merge them."""
    ids = {pk for one in investors for pk in whole(one).values_list("pk", flat=True)}
    list(Investor.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _settle(*investors: Investor) -> None:
    """Find anew what everybody concerned is read as."""
    ids = {pk for one in investors for pk in whole(one).values_list("pk", flat=True)}
    into = dict(Investor.objects.filter(pk__in=ids).values_list("pk", "merged_into"))
    for pk in ids:
        top = pk
        while (above := into.get(top)) is not None:
            top = above
        Investor.objects.filter(pk=pk).update(root=None if top == pk else top)


def _ensure_code_free(investor: Investor) -> None:
    """Refuse to set free a code that somebody else has by now."""
    if investor.uscc is None:
        return
    other = Investor.objects.filter(uscc=investor.uscc, merged_into=None).first()
    if other is not None:
        raise Refused(taken(other, investor.uscc))
