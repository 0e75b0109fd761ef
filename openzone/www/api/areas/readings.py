"""Reading of pages: brought in, their facts judged and added, handed to the record, statistics."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import readings as shapes
from openzone.www.api.values import Id, Line
from openzone.www.forms import readings as page_forms
from openzone.www.views.readings.pages import start
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.permissions import may_enter
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.people.enums import KeyArea
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.readings import permissions
from openzone.zone.readings.enums import PageState
from openzone.zone.readings.jobs import help_one, model_there
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.selectors import listing
from openzone.zone.readings.selectors.known import Standing, standings
from openzone.zone.readings.services import entering, helping, judging
from openzone.zone.readings.services.bringing import Appeared, bring_page, retry_page
from openzone.zone.registry.permissions import may_correct

desk = Desk(KeyArea.READINGS)
Given = dict[str, Any]
GONE = Text("档案中没有这条记录", "there is no such record")


class CorrectIn(Body):
    """Another subject, value, unit, attribute or period."""

    after: Line
    reason: Line = ""
    seen: int | None = None


class LinkIn(Body):
    """The record a fact speaks of: enterprise, project or document."""

    record: Id
    seen: int | None = None


class FigureIn(Schema):
    """An accepted fact, and whose figure it is."""

    fact: Id
    entity: Id


class FiguresIn(Body):
    """Facts that become a batch."""

    facts: list[FigureIn]


class FactsIn(Body):
    """Facts by their ids."""

    facts: list[Id]


class HelpIn(Body):
    """Yes, the text may leave."""

    confirmed: bool


@desk.read("/readings", Text("版面列表", "Pages"), shapes.PagePart)
def list_pages(
    asked: Asked, work: Line = "", q: Line = "", after: After = 0, limit: Limit = 50
) -> Any:
    """Pages, the latest first; `work`: open, accepted, waiting or failed."""
    _look(asked)
    part = latest(listing.pages(listing.Asked(work, q[:60])), after, limit)
    return {**part, "items": [_page(one) for one in part["items"]]}


@desk.act("/readings", Text("录入版面", "Bring a page in"), page_forms.BringForm, shapes.PageOut,
          status=201)  # fmt: skip
def bring(asked: Asked, sent: Sent) -> Any:
    """Bring a page in; it is read in the background."""
    _judge(asked)
    given = sent.given()
    file = given.pop("file")
    made = bring_page(
        **of(asked, "user", "now", "today"), name=file.name or "", data=file.read(),
        appeared=Appeared(**given), synthetic=excel.in_example_zone(),
    )  # fmt: skip
    start(made, asked.actor)
    return _page(made)


@desk.read("/readings/statistics", Text("规则质量", "How good the rules are"),
           list[shapes.RuleOut])  # fmt: skip
def get_statistics(asked: Asked) -> Any:
    """What became of the facts of each rule."""
    _look(asked)
    return [one._asdict() for one in listing.rules()]


@desk.read("/readings/{pk}", Text("版面", "One page"), shapes.PageOut)
def get_page(asked: Asked, pk: Id) -> Any:
    """A page and how far it is."""
    _look(asked)
    return _page(get_object_or_404(Page, pk=pk))


@desk.act("/readings/{pk}/retry", Text("重新读取", "Read once more"), None, shapes.PageOut)
def retry(asked: Asked, sent: Any, pk: Id) -> Any:
    """Read a page that failed once more."""
    _judge(asked)
    found = retry_page(**of(asked), page=get_object_or_404(Page, pk=pk))
    start(found, asked.actor)
    return _page(found)


@desk.read("/readings/{pk}/facts", Text("版面事实", "Facts of a page"), list[shapes.FactOut])
def list_facts(asked: Asked, pk: Id) -> Any:
    """The facts of a page as they stand, beside what is known."""
    _look(asked)
    page = _read(pk)
    facts = list(listing.facts_of(page))
    known = standings(page, facts)
    return [_fact(one, known.get(one.pk)) for one in facts]


@desk.act("/readings/{pk}/facts", Text("补充事实", "Add a fact"), page_forms.AddForm,
          shapes.FactOut, status=201)  # fmt: skip
def add_fact(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add a fact the machine missed; its quote is on the page and holds its number."""
    _judge(asked)
    made = judging.add_fact(**of(asked, "user", "now"), page=_read(pk), **sent.given())
    return _one(made.pk)


@desk.read("/readings/facts/{pk}/judgements", Text("判定记录", "What was said of a fact"),
           list[shapes.JudgementOut])  # fmt: skip
def list_judgements(asked: Asked, pk: Id) -> Any:
    """What people said of a fact, in order."""
    _look(asked)
    rows = _found(pk).fact.judgements.select_related("by")
    names = ("said", "what", "before", "after", "reason", "at")
    return [
        {"id": one.pk, "undoes": one.undoes_id, "by": str(one.by),
         **{name: getattr(one, name) for name in names}}
        for one in rows
    ]  # fmt: skip


@desk.act("/readings/facts/{pk}/accept", Text("采纳", "Accept"), page_forms.SeenForm,
          shapes.FactOut)  # fmt: skip
def accept(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say that a fact is right as it stands."""
    _judge(asked)
    judging.accept_fact(**of(asked, "user", "now"), judged=_found(pk), **sent.given())
    return _one(pk)


@desk.act("/readings/facts/{pk}/reject", Text("不采纳", "Reject"), page_forms.RejectForm,
          shapes.FactOut)  # fmt: skip
def reject(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say that it is no fact, and why."""
    _judge(asked)
    judging.reject_fact(**of(asked, "user", "now"), judged=_found(pk), **sent.given())
    return _one(pk)


@desk.act("/readings/facts/{pk}/note", Text("备注", "Note"), page_forms.NoteForm, shapes.FactOut)
def note(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write a note beside a fact."""
    _judge(asked)
    judging.note_fact(**of(asked, "user", "now"), judged=_found(pk), **sent.given())
    return _one(pk)


@desk.act("/readings/facts/{pk}/correct/{what}", Text("更正", "Correct"), CorrectIn,
          shapes.FactOut)  # fmt: skip
def correct(asked: Asked, sent: CorrectIn, pk: Id, what: Line) -> Any:
    """Correct `subject`, `value`, `unit`, `attribute` or `period`."""
    _judge(asked)
    judging.correct(
        **of(asked, "user", "now"), judged=_found(pk), what=what, after=sent.after,
        reason=sent.reason, seen=sent.seen,
    )  # fmt: skip
    return _one(pk)


@desk.act("/readings/facts/{pk}/link/{what}", Text("关联", "Link"), LinkIn, shapes.FactOut)
def link(asked: Asked, sent: LinkIn, pk: Id, what: Line) -> Any:
    """Say which `enterprise`, `project` or `document` a fact speaks of."""
    _judge(asked)
    if what == "project" and not visible(asked.user, asked.on).filter(pk=sent.record).exists():
        raise Refused(GONE, field="record")
    judging.link_fact(
        **of(asked, "user", "now"), judged=_found(pk), what=what, record=sent.record,
        seen=sent.seen,
    )  # fmt: skip
    return _one(pk)


@desk.act("/readings/{pk}/undo", Text("撤销", "Undo"), None, shapes.FactOut)
def undo(asked: Asked, sent: Any, pk: Id) -> Any:
    """Take back the caller's latest judgement on a page."""
    _judge(asked)
    return _one(judging.undo_last(**of(asked, "user", "now"), page=_read(pk)).pk)


@desk.act("/readings/{pk}/figures", Text("录入指标", "Make a batch of figures"), FiguresIn,
          shapes.BatchOut, status=201)  # fmt: skip
def enter_figures(asked: Asked, sent: FiguresIn, pk: Id) -> Any:
    """Make a batch of accepted facts; another person approves it."""
    _judge(asked)
    require(may_enter(asked.user, asked.on))
    entities = Entity.objects.exclude(kind=EntityKind.ENTERPRISE).in_bulk(
        [one.entity for one in sent.facts]
    )
    if any(one.entity not in entities for one in sent.facts):
        raise Refused(GONE, field="entity")
    chosen = {one.fact: entities[one.entity] for one in sent.facts}
    made = entering.enter_figures(**of(asked, "user", "now"), page=_read(pk), chosen=chosen)
    return {"batch": made.batch.pk, "left": made.left.zh if made.left else ""}


@desk.act("/readings/{pk}/enterprises", Text("录入企业档案", "State in files of enterprises"),
          FactsIn, shapes.EnteredOut)  # fmt: skip
def enter_enterprises(asked: Asked, sent: FactsIn, pk: Id) -> Any:
    """State accepted facts in the files of the enterprises they were linked to."""
    _judge(asked)
    page = _read(pk)
    for one in listing.to_enter(page).filter(pk__in=sent.facts):
        if one.enterprise is not None:
            require(may_correct(asked.user, one.enterprise, asked.on))
    facts = entering.enter_enterprise(
        **of(asked, "user", "now", "today"), page=page, facts=sent.facts
    )
    return {"facts": facts}


@desk.act("/readings/{pk}/beside", Text("随项目政策留存", "Keep beside projects and policies"),
          FactsIn, shapes.EnteredOut)  # fmt: skip
def keep_beside(asked: Asked, sent: FactsIn, pk: Id) -> Any:
    """Keep accepted facts with the projects and policies they were linked to."""
    _judge(asked)
    return {"facts": entering.keep_beside(
        **of(asked, "user", "now"), page=_read(pk), facts=sent.facts
    )}  # fmt: skip


@desk.act("/readings/{pk}/help/{article}", Text("请模型协助", "Ask a language model"), HelpIn,
          shapes.HelpOut, status=201)  # fmt: skip
def ask_model(asked: Asked, sent: HelpIn, pk: Id, article: int) -> Any:
    """Send an article to the language model that is set up; off where none is."""
    _judge(asked)
    made = helping.ask_help(
        **of(asked, "user", "now"), page=_read(pk), article=article, there=model_there(),
        confirmed=sent.confirmed,
    )  # fmt: skip
    actor = asked.actor
    enqueue_once(help_one, f"reading-help:{made.pk}", request=made.pk,
                 actor=[actor.kind, actor.id, actor.label])  # fmt: skip
    names = ("article", "host", "model", "state", "kept", "dropped")
    return {"id": made.pk, "page": made.page_id, **{name: getattr(made, name) for name in names}}


def _look(asked: Asked) -> None:
    require(permissions.may_list(asked.user, asked.on))


def _judge(asked: Asked) -> None:
    require(permissions.may_read(asked.user, asked.on))


def _read(pk: int) -> Page:
    return get_object_or_404(Page, pk=pk, state=PageState.READ)


def _found(pk: int) -> JudgedFact:
    rows = JudgedFact.objects.select_related("fact", "page", "last__by")
    return get_object_or_404(rows, pk=pk)


def _one(pk: int) -> Given:
    found = _found(pk)
    return _fact(found, standings(found.page, [found]).get(pk))


def _page(one: Page) -> Given:
    names = ("name", "paper", "published", "number", "address", "state", "facts_found",
             "facts_judged", "facts_entered")  # fmt: skip
    return {"id": one.pk, "reason": one.reason_zh, **{name: getattr(one, name) for name in names}}


def _fact(one: JudgedFact, standing: Standing | None) -> Given:
    stands = ("state", "changed", "entered", "type", "subject", "attribute", "number", "text",
              "unit", "period", "note")  # fmt: skip
    read = ("origin", "names", "qualifiers", "quote", "start", "end", "headline", "rule",
            "confidence", "doubts")  # fmt: skip
    return {
        "id": one.pk, "page": one.page_id, "seen": one.last_id or 0,
        "enterprise": one.enterprise_id, "project": one.project_id, "document": one.document_id,
        **{name: getattr(one, name) for name in stands},
        **{name: getattr(one.fact, name) for name in read},
        "verdict": standing.verdict.value if standing else "new",
        "known": [
            {"number": known.figure.number, "unit": known.figure.unit,
             "period": known.figure.period, "source": known.source.zh}
            for known in (standing.known if standing else ())
        ],
    }  # fmt: skip
