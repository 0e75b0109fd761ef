"""Energy and carbon by unit: what each that reports used, in standard coal, worked out."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.views.exports import send
from openzone.www.views.reporting import common
from openzone.zone.indicators.models import ReportRound
from openzone.zone.indicators.permissions import may_see_firms, may_take
from openzone.zone.indicators.report_packs import rules
from openzone.zone.indicators.selectors.energy import UnitEnergy, energy_of, kinds_of


def offered(request: HttpRequest, found: ReportRound) -> bool:
    """Whether the page of sums leads here."""
    sees = may_see_firms(request.user, common.entered(request)).allowed
    return sees and bool(kinds_of(found.form))


@require_GET
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the units of a round by what they used."""
    found = _of_energy(request, pk)
    rows, today = energy_of(found), common.entered(request)
    known = [one for one in rows if one.tce is not None]
    context = common.framed(request, today, "rollup") | {
        "round": found, "name": common.named(found), "rows": rows, "energy": rules().energy,
        "known": len(known), "per": _per(), "takes": may_take(request.user, today).allowed,
        "tce": sum(one.tce or 0 for one in known), "co2": sum(one.co2 or 0 for one in known),
    }  # fmt: skip
    return render(request, "reporting/energy.html", context)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the list with the amounts of every kind."""
    found = _of_energy(request, pk)
    require(may_take(request.user, common.entered(request)))
    kinds = [kind for kind, _field in kinds_of(found.form)]
    energy = rules().energy
    sheet = excel.Table(
        [_("Reporting unit"), _("Credit code"),
         *(f"{say(one.label.text)} ({one.unit})" for one in kinds),
         _("t of standard coal"), _("t of carbon dioxide"),
         *([" ".join((_("t of standard coal"), say(_per())))] if energy.per else []),
         _("Kinds not stated")],
        [_cells(one, kinds) for one in energy_of(found)],
        [common.named(found), say(energy.source.text), say(energy.carbon_source.text),
         _("Amount times factor; not reported and not on record.")],
        found.synthetic,
    )  # fmt: skip
    return send(request, sheet, what="report_energy", name=common.named(found))


def _of_energy(request: HttpRequest, pk: int) -> ReportRound:
    """Return a round whose form asks about energy, for who reads the figures of firms."""
    found = common.round_of(request, pk)
    if not kinds_of(found.form):
        raise Http404
    require(may_see_firms(request.user, common.entered(request)))
    return found


def _per() -> Text:
    per = rules().energy.per
    return per.unit.text if per else Text("", "")


def _cells(one: UnitEnergy, kinds: Any) -> tuple[excel.Cell, ...]:
    firm = one.entity.enterprise
    return (
        one.entity.name, firm.uscc if firm else None, *(one.amount(kind) for kind in kinds),
        _kept(one.tce), _kept(one.co2), *([_kept(one.per)] if rules().energy.per else []),
        "、".join(say(kind.label.text) for kind in one.unstated) or None,
    )  # fmt: skip


def _kept(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 4)
