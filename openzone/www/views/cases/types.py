"""Case types: what is published, since when, and what a pack would change."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.cases.model import Action, CaseType, ClockSpec
from openzone.engines.text import Text
from openzone.www.access import require_console
from openzone.www.cases.words import ROLE_WORDS, label_of
from openzone.www.formats import say
from openzone.www.views.cases.type_drafts import WAITING
from openzone.zone.cases.models import Case, TypeVersion
from openzone.zone.cases.packs import mappings, type_of
from openzone.zone.cases.permissions import may_draft_types
from openzone.zone.cases.selectors.type_drafts import drafts
from openzone.zone.cases.selectors.types import Change, differences, published, waiting

MOST = 50


class TypeRow(NamedTuple):
    """A type in the list."""

    kind: str
    label: Text
    version: int
    published_at: Any
    open: int
    source: str
    verified: str


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the published types, and those whose pack says something else."""
    require_console(request)
    counted = Case.objects.filter(closed=False).values_list("kind").annotate(Count("pk"))
    counts = dict(counted)
    rows = [
        TypeRow(
            one.kind,
            type_.label,
            one.version,
            one.published_at,
            counts.get(one.kind, 0),
            _in_words(type_.source.get("title")),
            str(type_.source.get("verified", "")),
        )
        for one in published()
        for type_ in [type_of(one)]
    ]
    pending = [
        (kind, label_of(mappings()[kind]), len(changes)) for kind, changes in waiting().items()
    ]
    may = may_draft_types(request.user, timezone.localdate()).allowed
    context = {"rows": rows, "waiting": pending, "may_draft": may, "drafts": drafts()[:MOST]}
    return render(request, "cases/types.html", context)


class ClockRow(NamedTuple):
    """A clock of a type in words."""

    label: Text
    limit: Text
    priority: list[tuple[str, Text]]
    starts: str
    stops: str
    verified: str


class ActionRow(NamedTuple):
    """An action of a type in words."""

    label: Text
    start: str
    to: str
    who: str


@require_GET
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one version of a type in words, and what it changed."""
    require_console(request)
    versions = list(TypeVersion.objects.filter(kind=kind).order_by("-version"))
    pack = mappings().get(kind)
    if not versions:
        raise Http404
    shown = _wanted(versions, request.GET.get("version", ""))
    before = next((one for one in versions if one.version < shown.version), None)
    type_ = type_of(shown)
    ahead = differences(versions[0].mapping, pack) if pack else []
    context = {
        "kind": kind,
        "label": type_.label,
        "version": shown,
        "versions": versions,
        "stages": type_.stages.values(),
        "clocks": [_clock(spec, type_) for spec in type_.clocks.values()],
        "actions": [_action(action, type_) for action in type_.actions.values()],
        "source": {name: _in_words(value) for name, value in type_.source.items()},
        "before": before,
        "changes": _shown(differences(before.mapping, shown.mapping)) if before else [],
        "ahead": _shown(ahead),
        "may_draft": may_draft_types(request.user, timezone.localdate()).allowed,
        "draft": drafts().filter(kind=kind, state__in=WAITING).first(),
    }
    return render(request, "cases/type.html", context)


def _wanted(versions: list[TypeVersion], given: str) -> TypeVersion:
    return next((one for one in versions if str(one.version) == given), versions[0])


def _shown(changes: list[Change]) -> list[Change]:
    return [change for change in changes if change.path != "version"]


def _clock(spec: ClockSpec, type_: CaseType) -> ClockRow:
    return ClockRow(
        spec.label,
        spec.limit.text,
        [(name, limit.text) for name, limit in spec.priority.items()],
        _listed(_names(spec.starts, type_)),
        _listed(_names(spec.stops, type_)),
        spec.verified,
    )


def _names(ids: frozenset[str], type_: CaseType) -> Iterator[str]:
    """Yield actions in words; a verb stands for every action of its kind."""
    for one in sorted(ids):
        found = [a for a in type_.actions.values() if one in (a.id, str(a.verb))]
        yield from (say(action.label) for action in found)


def _action(action: Action, type_: CaseType) -> ActionRow:
    stages = type_.stages
    return ActionRow(
        action.label,
        _listed(say(stages[one].label) for one in stages if one in action.start) or _("any"),
        say(stages[action.to].label) if action.to else _("stays"),
        _listed(str(ROLE_WORDS.get(role, role)) for role in action.who),
    )


def _listed(words: Any) -> str:
    return "、".join(dict.fromkeys(words))


def _in_words(value: object) -> str:
    if isinstance(value, Mapping):
        return say(Text(str(value.get("zh", "")), str(value.get("en", ""))))
    return str(value or "")
