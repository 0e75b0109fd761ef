"""Offering a commitment: who may, for what, until when; the one-time notice."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction

from openzone.engines.service.machines import Machine
from openzone.engines.text import Text
from openzone.engines.worktime.due import due_moment
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.packs.commitments import Kind, Template
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.commitments.models import Commitment, OwedPaper
from openzone.zone.commitments.packs import calendar, pack, receipt_rule
from openzone.zone.commitments.selectors.standing import standing
from openzone.zone.commitments.services.casework import open_for
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies: an enterprise, or a person with an identity number."""

    enterprise: Enterprise | None = None
    person: str = ""
    identity: str = ""
    phone: str = ""


class Owed(NamedTuple):
    """A paper that is missing, and the form in which it is to come."""

    name: str
    form: str


class Offered(NamedTuple):
    """The commitment, and the code that shows its public status, told once."""

    commitment: Commitment
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the applicant is told at once: papers, until when, what follows if not; the check."""

    owed: Sequence[Owed] = ()
    supply_by: dt.datetime | None = None
    consequence: str = ""
    main_complete: bool = False
    check_by: dt.date | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def offer(
    *,
    actor: Actor,
    item: ServiceItem,
    kind: str,
    applicant: Applicant,
    handler: User,
    now: dt.datetime,
    notice: Notice,
) -> Offered:
    """Offer a commitment for an application received ``now``; nothing holds until it is signed."""
    chosen = _acceptable(item, kind)
    _ensure_may_promise(applicant, chosen)
    decide_by = _decide_by(item, chosen, now)
    _ensure_notice(item, chosen, notice, now, decide_by)
    template = pack().template(chosen)
    commitment = Commitment(
        item=item,
        kind=chosen.id,
        machine=chosen.machine,
        enterprise=applicant.enterprise,
        person=applicant.person.strip(),
        identity=applicant.identity.strip().upper(),
        phone=applicant.phone.strip(),
        handler=handler,
        received_at=now,
        decide_by=decide_by,
        values=dict(notice.values),
        consequence=notice.consequence.strip(),
        supply_by=notice.supply_by if chosen.machine is Machine.WAIT else None,
        check_by=notice.check_by,
    )
    commitment.text = _words(template, commitment, notice)
    papers = "、".join(f"{one.name}（{one.form}）" for one in notice.owed)
    opened = open_for(actor=actor, commitment=commitment, papers=papers, now=now)
    commitment.case = opened.case
    ensure_valid(commitment)
    commitment.save()
    OwedPaper.objects.bulk_create(
        OwedPaper(commitment=commitment, name=one.name.strip(), form=one.form.strip())
        for one in notice.owed
    )
    record(
        "commitments.offered", actor=actor, subject=subject(commitment), payload=_told(commitment)
    )
    return Offered(commitment, opened.receipt)


def subject(commitment: Commitment) -> str:
    """Return how the log calls a commitment."""
    return f"commitment:{commitment.pk}"


def _told(commitment: Commitment) -> dict[str, JSON]:
    return {
        "item": commitment.item.code,
        "kind": commitment.kind,
        "papers": [str(one) for one in commitment.owed.all()],
        "supply_by": commitment.supply_by and commitment.supply_by.isoformat(),
        "consequence": commitment.consequence,
        "case": commitment.case.number,
    }


def _acceptable(item: ServiceItem, name: str) -> Kind:
    """Return the kind if the item accepts it, else say why not."""
    kind = pack().kind(name)
    if kind is None:
        raise Refused(
            Text("没有承诺类型“{kind}”", "there is no kind of commitment “{kind}”").format(
                kind=name
            ),
            field="kind",
        )
    if item.excluded_reason:
        raise Refused(
            Text(
                "该事项依法不适用承诺：{why}（{basis}）",
                "by law no commitment is accepted for this item: {why} ({basis})",
            ).format(why=item.excluded_reason, basis=item.excluded_basis),
            field="kind",
        )
    if not item.acceptances.filter(kind=kind.id).exists():
        raise Refused(
            Text("该事项不接受{kind}", "this item does not accept this kind: {en}").format(
                kind=kind.label.zh, en=kind.label.en
            ),
            field="kind",
        )
    return kind


def _ensure_may_promise(applicant: Applicant, kind: Kind) -> None:
    if applicant.enterprise is None and not applicant.identity.strip():
        raise Refused(
            Text("个人申请须登记身份证件号码", "a person gives an identity number"),
            field="identity",
        )
    found = standing(applicant.enterprise, applicant.identity)
    if not found.allowed and not kind.repairs:
        raise Refused(found.reason)


def _decide_by(item: ServiceItem, kind: Kind, now: dt.datetime) -> dt.datetime | None:
    if kind.machine is Machine.DECLARE:
        return None
    if item.committed is None:
        raise Refused(
            Text(
                "该事项未登记办理时限，无法确定补正期限的上限",
                "the item has no processing time on record, which bounds every other limit",
            ),
            field="item",
        )
    return to_aware(due_moment(to_local(now), item.committed, calendar(), receipt_rule()))


def _ensure_notice(
    item: ServiceItem, kind: Kind, notice: Notice, now: dt.datetime, decide_by: dt.datetime | None
) -> None:
    if kind.machine is Machine.WAIT and decide_by is not None:
        _ensure_waiting(item, notice, now, decide_by)
    elif notice.owed:
        raise Refused(
            Text("只有容缺受理可以暂缺材料", "only this kind waits for papers: missing materials"),
            field="owed",
        )
    if kind.machine is Machine.DECIDE_FIRST and notice.check_by is None:
        raise Refused(
            Text("请确定事后核查的日期", "name the day of the check after the decision"),
            field="check_by",
        )
    if notice.check_by is not None and notice.check_by < to_local(now).date():
        raise Refused(Text("核查日期已过", "the day of the check is over"), field="check_by")


def _ensure_waiting(
    item: ServiceItem, notice: Notice, now: dt.datetime, decide_by: dt.datetime
) -> None:
    """Hold the rule on 容缺: main papers complete, secondary ones named with form and deadline."""
    if not notice.main_complete:
        raise Refused(
            Text("主要材料不齐全，不能容缺受理", "the main papers are not complete"),
            field="main_complete",
        )
    if not notice.owed:
        raise Refused(Text("请写明暂缺的材料", "name the papers that are missing"), field="owed")
    secondary = set(item.materials.filter(main=False).values_list("name", flat=True))
    for one in notice.owed:
        if one.name.strip() not in secondary:
            raise Refused(
                Text(
                    "“{name}”不是该事项的次要材料，不能容缺",
                    "“{name}” is no secondary paper of this item and cannot be missing",
                ).format(name=one.name),
                field="owed",
            )
        if not one.form.strip():
            raise Refused(
                Text("请写明“{name}”的形式", "name the form of “{name}”").format(name=one.name),
                field="owed",
            )
    if not notice.consequence.strip():
        raise Refused(
            Text("请告知逾期未补齐的后果", "say what follows if they never come"),
            field="consequence",
        )
    _ensure_deadline(notice.supply_by, now, decide_by)


def _ensure_deadline(
    supply_by: dt.datetime | None, now: dt.datetime, decide_by: dt.datetime
) -> None:
    if supply_by is None or supply_by <= now:
        raise Refused(
            Text("请确定补正期限，且应晚于现在", "name a deadline later than now"),
            field="supply_by",
        )
    if supply_by > decide_by:
        raise Refused(
            Text(
                "补正期限不得超过承诺办理时限（{limit}）",
                "the deadline cannot lie beyond the committed processing time ({limit})",
            ).format(limit=to_local(decide_by).strftime("%Y-%m-%d %H:%M")),
            field="supply_by",
        )


def _words(template: Template, commitment: Commitment, notice: Notice) -> str:
    """Return what is signed; a blank that must be filled and is not is refused by its name."""
    given = {blank.id: notice.values.get(blank.id, "").strip() for blank in template.fields}
    for blank in template.fields:
        if blank.required and not given[blank.id]:
            raise Refused(
                Text("请填写“{zh}”", "fill in “{en}”").format(zh=blank.label.zh, en=blank.label.en),
                field=blank.id,
            )
    supply_by = commitment.supply_by
    return template.text.zh.format(
        applicant=commitment.applicant,
        item=commitment.item.name,
        materials="、".join(f"{one.name}（{one.form}）" for one in notice.owed),
        deadline=to_local(supply_by).strftime("%Y年%m月%d日") if supply_by else "—",
        **{name: value or "—" for name, value in given.items()},
    )
