"""What an enterprise does: open, hand in papers, apply, withdraw."""

import datetime as dt

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from openzone.engines.files.gate import Checked, FileRefusedError, check
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.policies.models import Item, Material
from openzone.zone.policies.selectors.items import open_for_application
from openzone.zone.redemption import flow, packs
from openzone.zone.redemption.enums import BEFORE_APPROVAL, NO_LONGER_OPEN, Stage
from openzone.zone.redemption.models import Application, Attachment
from openzone.zone.redemption.selectors.findings import Finding, find, proof_of, rules_to_keep
from openzone.zone.redemption.selectors.materials import unanswered
from openzone.zone.redemption.selectors.relations import obstacles, standing
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.packs import release_key

MOST_FILES = 40


@transaction.atomic
def open_application(
    *, actor: Actor, user: User, item: Item, enterprise: Enterprise, at: dt.datetime
) -> Application:
    """Open an application; rules and procedure stay for it as they are today."""
    _ensure_open(item, timezone.localdate(at))
    if item.mode == DeliveryMode.NO_APPLICATION:
        raise Refused(
            Text("该事项免申即享，无需申请", "this item needs no application: the system offers it")
        )
    if item.mode == DeliveryMode.INSTANT and not item.rule_id:
        raise Refused(
            Text(
                "该事项没有可以自动判定的规则，暂不能即申即享",
                "no rule decides this item, so it cannot be decided at once",
            )
        )
    # The row of the enterprise is the lock: a double click opens one.
    root = lock_enterprise(enterprise)
    _ensure_none_open(item, root)
    application = numbered(begun(item, root, at, user))
    flow.leave_step(application, None, actor=actor, user=user, at=at, action="opened")
    return application


def lock_enterprise(enterprise: Enterprise) -> Enterprise:
    """Return the enterprise this one is read as, kept from other hands until the commit."""
    rows = Enterprise.objects.select_for_update(of=("self",))
    return rows.get(pk=enterprise.root_id)


def begun(
    item: Item, root: Enterprise, at: dt.datetime, user: User | None, stage: Stage = Stage.DRAFT
) -> Application:
    """Return a new application, not saved yet, with the rules and the procedure of today."""
    day = timezone.localdate(at)
    mode = DeliveryMode(item.mode)
    return Application(
        item=item,
        enterprise=root,
        mode=mode,
        procedure=packs.procedure_on(mode, day).model_dump(mode="json", by_alias=True),
        rules=rules_to_keep(item.rule_id),
        release=release_key().digest,
        rules_on=day,
        stage=stage,
        entered_at=at,
        opened_by=user,
        opened_at=at,
    )


def numbered(application: Application) -> Application:
    """Save an application under the number it has for life: the year and the database's own."""
    application.number = f"new-{application.item_id}-{application.enterprise_id}"[:20]
    application.save()
    application.number = f"{application.rules_on.year}-{application.pk:06d}"
    application.save(update_fields=["number"])
    return application


@transaction.atomic
def attach(
    *,
    actor: Actor,
    user: User,
    application: Application,
    name: str,
    data: bytes,
    at: dt.datetime,
    material: Material | None = None,
) -> Attachment:
    """Add a paper to a draft, or while the enterprise corrects; what it is, its content says."""
    current = flow.locked(application, Stage.DRAFT, Stage.CORRECTION)
    if current.attachments.filter(removed_at=None).count() >= MOST_FILES:
        raise Refused(Text("附件最多{n}个", "at most {n} files").format(n=MOST_FILES), field="file")
    checked = _checked(name, data)
    attachment = Attachment(
        application=current,
        material=material,
        asked_as=material.name if material else "",
        name=checked.name,
        kind=checked.kind.value,
        size=checked.size,
        sha256=checked.sha256,
        added_by=user,
        added_at=at,
    )
    attachment.file.save(checked.stored_name, ContentFile(data), save=False)
    attachment.save()
    flow.leave_step(
        current, actor=actor, user=user, at=at, action="attached", note=checked.name,
        details={"file": checked.sha256},
    )  # fmt: skip
    return attachment


def _checked(name: str, data: bytes) -> Checked:
    try:
        return check(name, data)
    except FileRefusedError as error:
        raise Refused(error.reason, field="file") from None


@transaction.atomic
def remove_attachment(
    *, actor: Actor, user: User, attachment: Attachment, at: dt.datetime
) -> Attachment:
    """Take a paper back before handing in; that it was there stays on record."""
    current = flow.locked(attachment.application, Stage.DRAFT, Stage.CORRECTION)
    kept = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if kept.removed_at is None:
        kept.removed_at = at
        kept.save(update_fields=["removed_at"])
        flow.leave_step(current, actor=actor, user=user, at=at, action="detached", note=kept.name)
    return kept


@transaction.atomic
def submit(
    *,
    actor: Actor,
    user: User,
    application: Application,
    at: dt.datetime,
    payee_name: str = "",
    payee_bank: str = "",
    payee_account: str = "",
    statement: str = "",
    seen: int | None = None,
) -> Application:
    """Hand an application in, or hand it in again corrected.

    What the record answers now is kept with it. An instant item is decided here and now: met is
    approved, not met is refused with its clauses, unknown asks for the facts that would settle it.
    """
    current = flow.locked(application, Stage.DRAFT, Stage.CORRECTION, seen=seen)
    day, first = timezone.localdate(at), current.stage == Stage.DRAFT
    if first:
        _ensure_open(current.item, day)
        _ensure_none_open(current.item, current.enterprise, besides=current)
    _ensure_in_time(current, at)
    _ensure_complete(current)
    _fill_in(current, payee_name, payee_bank, payee_account, statement)
    finding = take_snapshot(current, day)
    _ensure_compatible(current, finding, day)
    current.submitted_by, current.asked = user, ""
    current.submitted_at = current.submitted_at or at
    ensure_valid(current)
    action = "submitted" if first else "corrected"
    if current.mode == DeliveryMode.INSTANT:
        return _decide(current, finding, actor, user, at, action)
    to = current.rules_of_procedure.first()
    flow.move(current, to, actor=actor, user=user, at=at, action=action)
    return current


def take_snapshot(application: Application, known_by: dt.date) -> Finding:
    """Keep what the record answers, with the facts, their sources and the whole proof."""
    of = (application.enterprise, application.item.rule_id, application.rules, application.rules_on)
    finding = find(*of, known_by)
    found = standing(application, finding, known_by)
    application.snapshot = {"finding": finding.as_json(), "proof": proof_of(*of, known_by)}
    application.computed = finding.amount
    if found.because is not None and (found.ceiling or 0) < (finding.amount or 0):
        application.computed = found.ceiling
        application.snapshot["capped"] = [found.because.zh, found.because.en]
    return finding


def _decide(
    application: Application,
    finding: Finding,
    actor: Actor,
    user: User,
    at: dt.datetime,
    action: str,
) -> Application:
    """Let the rule decide an instant item; nobody decides instead of it, silently or not."""
    system = Actor.system("redemption")
    flow.leave_step(application, actor=actor, user=user, at=at, action=action)
    if finding.outcome == "not_met":
        note = "；".join(zh for zh, _ in finding.failed)
        application.decided_at, application.asked = at, note
        flow.move(
            application,
            Stage.REJECTED,
            actor=system,
            user=None,
            at=at,
            action="rejected",
            note=note,
        )
    elif finding.outcome != "met" or (application.pays and finding.amount is None):
        _ask_for(application, finding, system, at)
    else:
        flow.grant(application, application.computed, actor=system, user=None, at=at)
    return application


def _ask_for(application: Application, finding: Finding, system: Actor, at: dt.datetime) -> None:
    term = application.rules_of_procedure.correction
    if term is None or application.corrections >= term.times:
        raise Refused(
            Text(
                "档案中仍缺少判定所需的信息，已达到补充次数上限，请联系服务中心核对档案",
                "the record still lacks what decides, and was asked often enough: "
                "let the service centre look at the record",
            )
        )
    application.corrections += 1
    application.asked = "facts:" + ",".join(finding.missing)
    flow.move(
        application, Stage.CORRECTION, actor=system, user=None, at=at, action="returned",
        details={"missing": list(finding.missing)},
    )  # fmt: skip


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    user: User,
    application: Application,
    at: dt.datetime,
    reason: str = "",
    seen: int | None = None,
) -> Application:
    """Let the enterprise take its application back, before it is approved."""
    current = flow.locked(application, *sorted(BEFORE_APPROVAL), seen=seen)
    flow.move(
        current, Stage.WITHDRAWN, actor=actor, user=user, at=at, action="withdrawn", note=reason
    )
    return current


def _ensure_open(item: Item, day: dt.date) -> None:
    decision = open_for_application(item, day)
    if not decision.allowed:
        raise Refused(decision.reason)


def _ensure_none_open(
    item: Item, enterprise: Enterprise, besides: Application | None = None
) -> None:
    """One item, one open application: also across enterprises that turned out to be one."""
    same = Application.objects.filter(item=item, enterprise__root=enterprise.root_id)
    still = same.exclude(stage__in=sorted(NO_LONGER_OPEN)).exclude(pk=besides.pk if besides else 0)
    other = still.order_by("pk").first()
    if other is not None:
        raise Refused(
            Text("本企业已有在办申请{number}", "application {number} is open already").format(
                number=other.number
            )
        )


def _ensure_in_time(application: Application, at: dt.datetime) -> None:
    if application.due_at is not None and at > application.due_at:
        raise Refused(LATE.format(due=timezone.localtime(application.due_at).strftime(_MINUTE)))


def _ensure_complete(application: Application) -> None:
    lacking = [material.name for material in unanswered(application)]
    if lacking:
        raise Refused(
            Text(f"还缺材料：{'、'.join(lacking)}", f"papers still missing: {', '.join(lacking)}")
        )


def _fill_in(application: Application, name: str, bank: str, account: str, statement: str) -> None:
    application.payee_name = name.strip() or application.payee_name
    application.payee_bank = bank.strip() or application.payee_bank
    application.payee_account = "".join(account.split()) or application.payee_account
    application.statement = statement.strip() or application.statement
    ensure_payee(application)


def ensure_payee(application: Application) -> None:
    """Refuse to go on towards a payment that could not be made."""
    if not application.pays:
        return
    for field in ("payee_name", "payee_bank", "payee_account"):
        if not getattr(application, field):
            raise Refused(Text("请填写收款账户", "give the account to pay to"), field=field)
    account = application.payee_account
    if not (account.isascii() and account.replace("-", "").isdigit() and 6 <= len(account) <= 40):
        raise Refused(
            Text("账号应为6至40位数字", "an account number has 6 to 40 digits"),
            field="payee_account",
        )


def _ensure_compatible(application: Application, finding: Finding, day: dt.date) -> None:
    found = obstacles(application, finding, day)
    if found:
        raise Refused(Text("；".join(one.zh for one in found), "; ".join(one.en for one in found)))


_MINUTE = "%Y-%m-%d %H:%M"
LATE = Text("补正期限已过（{due}）", "the time to correct ended at {due}")
