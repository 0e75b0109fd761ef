"""What is in the way and the requests it became; workbooks of rosters, reports, electricity."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import uploads
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.resumption import BookForm, EndBlockerForm, RaiseForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.resumption import common
from openzone.zone.resumption.enums import BookKind
from openzone.zone.resumption.models import Blocker, ResumptionBook, Season
from openzone.zone.resumption.packs import blocker_kind, blocker_label
from openzone.zone.resumption.permissions import may_keep, may_visit
from openzone.zone.resumption.services import sheets as service
from openzone.zone.resumption.services.blocking import end_blocker, raise_case


@require_GET
def blockers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is in the way, the request each became, and what has ended."""
    found, today = common.season_of(request, pk), timezone.localdate()
    rows = Blocker.objects.filter(member__season=found)
    related = rows.select_related("case", "member__enterprise", "member__project")
    part = page_of(request, related)
    context = common.framed(request, "resumption_blockers", today, found) | {
        "page": part, "lines": [(one, say(blocker_label(one.kind))) for one in part],
        "open": found.closed_on is None,
    }  # fmt: skip
    return render(request, "resumption/blockers.html", context)


@require_http_methods(["GET", "POST"])
def blocker_act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Raise a blocker as a request, or say how it ended."""
    who = hand(request)
    common.looked(request)
    rows = Blocker.objects.select_related("member__season", "member__enterprise",
                                          "member__project__enterprise")  # fmt: skip
    found = get_object_or_404(rows, pk=pk)
    require(may_visit(request.user, found.member, who.today))
    if what not in ("raise", "end"):
        raise Http404
    season = found.member.season
    there = reverse("resumption_blockers", args=[season.pk])
    crumbs = common.above(season, found.member)
    if what == "raise":
        form = RaiseForm(posted(request), initial={"amount": found.amount})
        asks = blocker_kind(found.kind).asks_label
        if asks is not None:
            form.fields["amount"].label = say(asks.text)

        def do() -> str:
            case = raise_case(**who.of("now", "user"), blocker=found, **form.cleaned_data)
            return reverse("case", args=[case.pk])

        words = common.page(_("Raise as a request"), _("Raise it"), crumbs, found.text)
        return answer(request, words, form, do)
    ending = EndBlockerForm(posted(request))

    def end() -> str:
        end_blocker(**who.of(), blocker=found, on=who.today, **ending.cleaned_data)
        return there

    words = common.page(_("No longer in the way"), _("Save"), crumbs, found.text)
    return answer(request, words, ending, end)


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook and check it; nothing is entered yet."""
    found, today = common.season_of(request, pk), timezone.localdate()
    require(may_keep(request.user, today))
    form = BookForm(posted(request), request.FILES or None)
    if form.is_valid() and (book := _checked(request, found, form)):
        return redirect("resumption_book", book.pk)
    rows = ResumptionBook.objects.filter(season=found).select_related("uploaded_by")
    context = common.framed(request, "", today, found) | {
        "form": form, "books": page_of(request, rows),
        "kinds": [(one.label, service.vocabulary(one).fields) for one in BookKind],
    }  # fmt: skip
    return render(request, "resumption/books.html", context, status=400 if form.is_bound else 200)


def _checked(request: HttpRequest, season: Season, form: BookForm) -> ResumptionBook | None:
    who, kind = hand(request).of("now", "user"), form.cleaned_data["kind"]
    return uploads.checked(
        form,
        lambda name, data: service.check_book(
            **who, season=season, kind=kind, file_name=name, data=data
        ),
    )


@require_GET
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    today = common.looked(request)
    require(may_keep(request.user, today))
    found = get_object_or_404(ResumptionBook.objects.select_related("uploaded_by", "season"), pk=pk)
    context = common.framed(request, "", today, found.season)
    context |= uploads.shown(found, service.vocabulary(found.kind))
    return render(request, "resumption/book.html", context)


@require_POST
def book_act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter the good rows, or put the workbook aside."""
    today = common.looked(request)
    require(may_keep(request.user, today))
    found, who = get_object_or_404(ResumptionBook, pk=pk), hand(request)
    uploads.taken(
        request, step,
        apply=lambda: service.apply_book(**who.of("now", "user"), book=found),
        discard=lambda: service.discard_book(**who.of(), book=found),
    )  # fmt: skip
    return redirect("resumption_book", found.pk)
