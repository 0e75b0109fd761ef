"""Meeting packs: chosen and previewed, kept as made, opened again, compared, taken away."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.drawing import svg
from openzone.engines.drawing.svg import Frame
from openzone.engines.series.due import last_day
from openzone.engines.series.periods import Period, period_said
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.cases.brief import DOCX, PDF
from openzone.www.forms import refusals
from openzone.www.forms.boards import PackForm
from openzone.www.hands import hand
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.indicators import boards_common as common
from openzone.www.views.indicators import meeting_papers as papers
from openzone.www.words_boards import STATES
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.board_permissions import may_make_packs
from openzone.zone.indicators.models import MeetingPack
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.permissions import may_take_board
from openzone.zone.indicators.selectors.boards_packs import meeting_words
from openzone.zone.indicators.selectors.meeting import compared, material
from openzone.zone.indicators.services.meeting_packs import keep_meeting_pack
from openzone.zone.registry.services.access import log_export

PAPERS = {"word": (word, DOCX, "docx"), "pdf": (pdf, PDF, "pdf")}
STATED = frozenset({"value", "growth", "rate", "rank", "group"})
SHOWN = 100


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the packs that were made, the last first."""
    ask = common.asked(request)
    packs = MeetingPack.objects.select_related("entity", "made_by").defer("content")[:SHOWN]
    context = common.framed(request, ask, "figure_board_packs") | {"packs": packs}
    return render(request, "figure_boards/packs.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose period and indicators and see what it would say; a POST keeps it."""
    ask = common.asked(request)
    require(may_make_packs(request.user, ask.today))
    data = request.POST if request.method == "POST" else request.GET if request.GET else None
    words = meeting_words()
    form = PackForm(data, initial={"indicators": list(words.indicators),
                                   "period": _usual(ask.on)})  # fmt: skip
    content = None
    if ask.zone is not None and form.is_valid():
        content = _material(ask, form)
        if request.method == "POST" and (made := _kept(request, ask, form, content)):
            return redirect("figure_board_pack", made.pk)
    context = common.framed(request, ask, "figure_board_packs") | {
        "form": form, "content": content and shown(ask, content),
        "keep": _again(ask, form) if content and not form.errors else (),
    }  # fmt: skip
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "figure_boards/pack_new.html", context, status=status)


def _again(ask: common.Asked, form: PackForm) -> list[tuple[str, str]]:
    """Return what the form that keeps a pack says once more."""
    said, zone = form.cleaned_data, str(ask.zone.pk) if ask.zone else ""
    known = said["known"] or ask.known
    one = {asof.KEY: str(ask.on), "zone": zone, "title": said["title"],
           "period": str(said["period"]), "known": str(known) if known else ""}  # fmt: skip
    return [*one.items(), *(("indicators", name) for name in said["indicators"])]


def _usual(on: dt.date) -> str:
    """Return the months up to the last one that ended, as offices write them."""
    ended = on.replace(day=1) - dt.timedelta(days=1)
    return period_said(Period(ended.year, ended.month, 1)).zh


def _material(ask: common.Asked, form: PackForm) -> dict[str, Any]:
    said = form.cleaned_data
    known = said["known"] or ask.known
    assert ask.zone is not None  # noqa: S101 - the caller asked
    return material(ask.zone, said["period"], said["indicators"], ask.on, known)


def _kept(
    request: HttpRequest, ask: common.Asked, form: PackForm, content: Mapping[str, Any]
) -> MeetingPack | None:
    said, who = form.cleaned_data, hand(request)
    assert ask.zone is not None  # noqa: S101 - the caller asked
    title = said["title"] or f"{ask.zone.name} {content['span']['zh']} {content['title']['zh']}"
    try:
        return keep_meeting_pack(
            **who.of("user", "now"), title=title, entity=ask.zone, period=str(said["period"]),
            indicators=said["indicators"], as_of=ask.on, known_at=said["known"] or ask.known,
            version=content["version"], content=content,
            synthetic=ask.zone.synthetic or excel.in_example_zone(),
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


def shown(ask: common.Asked, content: Mapping[str, Any], entity: int | None = None) -> Any:
    """Return a content as the page shows it: every number leads to what is behind it."""
    pk = entity or (ask.zone.pk if ask.zone else 0)
    hrefs = {one["n"]: href_of(content, one, pk) for one in content["numbers"]}
    numbers = {one["n"]: one for one in content["numbers"]}
    return {
        "parts": [
            (papers.told(part["heading"]),
             [[_piece(piece, numbers, hrefs) for piece in one["pieces"][papers.language()]]
              for one in part["sentences"]])
            for part in content["parts"]
        ],
        "headings": papers.headings(),
        "table": [
            (papers.told(row["label"]), [_cell(content, row, one, pk) for one in row["cells"]],
             papers.light_of(row))
            for row in content["table"]
        ],
        "notes": [
            {"n": one["n"], "href": hrefs[one["n"]], "label": papers.told(one["label"]),
             "period": papers.told(one["period_said"]), "shown": papers.told(one["shown"]),
             "notes": [papers.told(note) for note in one["notes"]]}
            for one in content["numbers"]
        ],
        "charts": [_chart(content, one, pk) for one in content["charts"]],
        "missing": list(dict.fromkeys(papers.told(one["label"]) for one in content["missing"])),
        "span": papers.told(content["span"]),
    }  # fmt: skip


def _piece(piece: Any, numbers: Mapping[int, Any], hrefs: Mapping[int, str]) -> Any:
    if isinstance(piece, str):
        return {"text": piece}
    one = numbers[piece["n"]]
    title = "；".join(papers.told(note) for note in one["notes"])
    return {"n": piece["n"], "text": papers.told(one["shown"]), "href": hrefs[piece["n"]],
            "title": title}  # fmt: skip


def href_of(content: Mapping[str, Any], one: Mapping[str, Any], entity: int) -> str:
    """Return where a number leads: to its figure, or to how it follows as known then."""
    if one["what"] in STATED and len(one.get("figures", ())) == 1:
        return reverse("figure_one", args=[one["figures"][0]])
    if not one["indicator"]:
        return reverse("figure_board_targets")
    kind = {"completion": "completion", "gap": "gap", "required": "required_per_month",
            "forecast": "forecast_year", "value": "month"}.get(one["what"])  # fmt: skip
    if kind is None:
        return reverse("figure_series", args=[entity, one["indicator"]])
    on = min(dt.date.fromisoformat(content["as_of"]), last_day(_reached(content)))
    said = f"entity={entity}&indicator={one['indicator']}&what={kind}&{asof.KEY}={on}"
    known = f"&known={content['known_at']}" if content["known_at"] else ""
    return f"{reverse('figure_board_cell')}?{said}{known}"


def _reached(content: Mapping[str, Any]) -> Period:
    found: Period = parsed(content["period"])
    return found


def _cell(content: Mapping[str, Any], row: Any, one: Any, entity: int) -> tuple[str, str]:
    if one is None:
        return "—", ""
    asked = {**one, "indicator": row["indicator"]}
    for number in content["numbers"]:
        if (number["indicator"], number["what"], number["period"]) == (
            row["indicator"], one["what"], one["period"],
        ):  # fmt: skip
            asked = number
    return papers.told(one["shown"]), href_of(content, asked, entity)


def _chart(content: Mapping[str, Any], one: Mapping[str, Any], entity: int) -> Any:
    frame = Frame(f"chart-{one['indicator']}", papers.language(), linked=True,
                  title=papers.told(one["label"]))  # fmt: skip
    drawn: SafeString = mark_safe(svg.svg(papers.chart(one), frame))  # noqa: S308 - written by an XML writer
    rows = [
        (at, papers.told(point["said"]), point["value"]) for at, point in enumerate(one["points"])
    ]
    return {
        "key": f"chart-{one['indicator']}", "label": papers.told(one["label"]), "svg": drawn,
        "unit": papers.told(one["unit"]), "rows": rows,
        "series": reverse("figure_series", args=[entity, one["indicator"]]),
    }  # fmt: skip


def _pack(request: HttpRequest, pk: int) -> tuple[common.Asked, MeetingPack]:
    ask = common.asked(request)
    rows = MeetingPack.objects.select_related("entity", "made_by")
    return ask, get_object_or_404(rows, pk=pk)


@require_GET
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pack as it was made."""
    ask, found = _pack(request, pk)
    others = MeetingPack.objects.filter(entity=found.entity).exclude(pk=found.pk)
    context = common.framed(request, ask, "figure_board_packs") | {
        "pack": found, "content": shown(ask, found.content, found.entity_id),
        "others": others.defer("content")[:SHOWN], "kinds": ("word", "pdf", "excel"),
    }  # fmt: skip
    return render(request, "figure_boards/pack.html", context)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pack beside another one, or beside what is known of its period now."""
    ask, found = _pack(request, pk)
    kept, other, label = _other(request, ask, found)
    pairs, state = compared(found.content, other), request.GET.get("state")
    beside = {"with": kept.pk} if kept else {}
    context = common.framed(request, ask, "figure_board_packs") | {
        "pack": found, "label": label,
        "lines": [_line(found, kept, other, one) for one in pairs
                  if state not in STATES or one["state"] == state],
        "counts": [(STATES[name][0], sum(one["state"] == name for one in pairs), name == state,
                    ask.address("figure_board_pack_compare", found.pk, state=name, **beside))
                   for name in STATES],
        "every": ask.address("figure_board_pack_compare", found.pk, **beside)
        if state in STATES else "",
    }  # fmt: skip
    return render(request, "figure_boards/pack_compare.html", context)


def _other(
    request: HttpRequest, ask: common.Asked, found: MeetingPack
) -> tuple[MeetingPack | None, Mapping[str, Any], str]:
    wanted = common.pk_of(request, "with")
    if wanted is None:
        period: Period = parsed(found.period)
        now = material(found.entity, period, found.indicators, ask.on, ask.known)
        return None, now, _("what is known now")
    other = get_object_or_404(MeetingPack, pk=wanted)
    return other, other.content, other.title


def _line(
    found: MeetingPack, kept: MeetingPack | None, other: Mapping[str, Any], one: Mapping[str, Any]
) -> dict[str, Any]:
    any_ = one["after"] or one["before"]
    word_, chip = STATES[one["state"]]
    return {
        "label": papers.told(any_["label"]), "period": papers.told(any_["period_said"]),
        "what": any_["key"].rpartition(".")[2],
        "before": _number(one["before"], found),
        "after": _number(one["after"], kept, lambda: href_of(other, one["after"], found.entity_id)),
        "word": word_, "chip": chip,
    }  # fmt: skip


def _number(
    one: Mapping[str, Any] | None, pack: MeetingPack | None, href: Callable[[], str] = str
) -> common.Cell:
    """Return a number of a pack with its footnote there, of what is known now its source."""
    if one is None:
        return common.NOTHING
    note = f"{reverse('figure_board_pack', args=[pack.pk])}#note-{one['n']}" if pack else href()
    return common.Cell(papers.told(one["shown"]), note)


@require_POST
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give a pack away as Word, PDF or Excel; the log notes it."""
    ask, found = _pack(request, pk)
    require(may_take_board(request.user, ask.today))
    if kind not in ("excel", *PAPERS):
        raise Http404
    log_export(actor=Actor.of(request.user), what=f"meeting_pack:{found.pk}",
               count=len(found.content["numbers"]), filters={"kind": kind})  # fmt: skip
    if kind == "excel":
        return excel.answer(papers.workbook_of(found), found.title, synthetic=found.synthetic)
    make, media, ending = PAPERS[kind]
    name = f"{found.title}.{ending}"
    response = HttpResponse(make(papers.paper_of(found)), content_type=media)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{excel.SAMPLE}_{name}" if found.synthetic else name
    )
    return response
