"""The report of a campaign: what both found, with the basis of every figure in footnotes."""

from django.utils.translation import gettext as _

from openzone.www.excel import Cell
from openzone.www.formats import say
from openzone.www.papers.content import Grid, Paper, Section
from openzone.www.waters.said import (
    class_label,
    deciding,
    items_for,
    level_label,
    measured_text,
    percent,
    value_text,
)
from openzone.zone.waters.enums import CampaignState
from openzone.zone.waters.packs import monitoring, pack
from openzone.zone.waters.selectors.standing import Result, Standing

SAMPLE = "示例 Example"


def footnotes(standing: Standing) -> list[str]:
    """Return the basis of what the report says."""
    campaign = standing.campaign
    notes = [
        _("[1] Classes by %(number)s, single factor: the worst item decides; values are not "
          "rounded before they are compared; below the limit of detection half of it is taken "
          "(practice, not verified).") % {"number": pack().number},
        _("[2] Relative deviation |a−b|÷(a+b); for pH the plain difference. Bounds: %(source)s.")
        % {"source": say(monitoring().source.text)},
        _("[3] Both together: the mean where both agree within the bounds, else the value of a "
          "third laboratory; an item that is missing or open leaves the standing unknown."),
        _("[4] Targets are those of the sampling day, by the document on record."),
    ]  # fmt: skip
    if campaign.state != CampaignState.APPROVED:
        notes.append(_("[5] Not approved by both sides yet: provisional."))
    return notes


def report_paper(standing: Standing, title: str) -> Paper:
    """Return the report as a paper."""
    campaign = standing.campaign
    notes = [
        *([SAMPLE] if campaign.synthetic else []), f"{campaign.one.name} · {campaign.other.name}",
        str(campaign.get_state_display()),
    ]  # fmt: skip
    summary = Section(_("Sections"), [_summary(standing)], _overview(standing))
    parts = [_part(standing, one) for one in standing.results]
    targets = [
        f"{one.section}：{level_label(one.target)}，{_document(one)}" for one in standing.results
    ]
    return Paper(title, notes, [
        summary, *parts, Section(_("Targets and their documents"), targets),
        Section(_("Notes"), footnotes(standing)),
    ])  # fmt: skip


def _summary(standing: Standing) -> str:
    cells = [str(one.cell) for one in standing.results]
    said = _("%(all)s sections: target met %(met)s, missed %(missed)s, unknown %(unknown)s [1][3]")
    return said % {
        "all": len(cells), "met": cells.count("met"), "missed": cells.count("missed"),
        "unknown": cells.count("unknown"),
    }  # fmt: skip


def _overview(standing: Standing) -> Grid:
    headings = [_("Section"), _("Sampled on"), *(one.name for one in standing.campaign.sides),
                _("Both together"), _("Deciding item"), _("Target class"),
                _("Target standing")]  # fmt: skip
    return Grid(headings, [_overview_row(standing, one) for one in standing.results])


def _overview_row(standing: Standing, one: Result) -> list[str]:
    classed = [one.classed(one.of(side)) for side in standing.campaign.sides]
    why = f"（{say(one.why)}）" if one.why else ""
    return [
        str(one.section), one.planned.sample_on.isoformat(),
        *(class_label(each.place) if each else "—" for each in classed),
        class_label(one.place), _decides(one),
        level_label(one.target), f"{one.cell.label}{why}",
    ]  # fmt: skip


def _decides(one: Result) -> str:
    return "" if one.joint is None or one.place is None else deciding(one.joint.sample)


def _part(standing: Standing, one: Result) -> Section:
    headings = [_("Item measured"), _("Unit"), *(side.name for side in standing.campaign.sides),
                _("Deviation [2]"), _("Third laboratory"), _("Both together"),
                _("Class")]  # fmt: skip
    return Section(
        str(one.section), [_laboratories(standing, one)], Grid(headings, _item_rows(standing, one))
    )


def _laboratories(standing: Standing, one: Result) -> str:
    """Say who examined a section and when, third laboratories too."""
    sides = [(side.name, one.of(side)) for side in standing.campaign.sides]
    third = [(_("Third laboratory"), each) for each in one.third]
    return "；".join(
        f"{name}：{sample.laboratory} {sample.on}" if sample else f"{name}：—"
        for name, sample in (*sides, *third)
    )


def _item_rows(standing: Standing, one: Result) -> list[list[str]]:
    samples = [one.of(side) for side in standing.campaign.sides]
    values = [sample.values if sample else {} for sample in samples]
    again = one.examined
    joint = one.joint
    apart = {each.item.id: each for each in joint.apart} if joint else {}
    judged = {each.item.id: each for each in joint.sample.judged} if joint else {}
    rows = []
    for item in items_for(one.body):
        if not any(item.id in each for each in (*values, again)):
            continue
        far, place = apart.get(item.id), judged.get(item.id)
        deviation = "—"
        if far is not None and far.deviation is not None:
            deviation = str(far.deviation) if far.absolute else percent(far.deviation)
            deviation += " ▲" if far.too_far else ""
        both = joint.values.get(item.id) if joint else None
        rows.append([
            say(item.label), item.unit, *(value_text(each, item.id) for each in values), deviation,
            value_text(again, item.id) if item.id in again else "",
            measured_text(both) if both else "—", class_label(place.place) if place else "—",
        ])  # fmt: skip
    return rows


def report_rows(standing: Standing) -> tuple[list[str], list[tuple[Cell, ...]], list[str]]:
    """Return the report as a table: a line for every item of every section."""
    headings = [_("Section"), _("Item measured"), _("Unit"),
                *(side.name for side in standing.campaign.sides), _("Deviation [2]"),
                _("Third laboratory"), _("Both together"), _("Class"), _("Target class"),
                _("Target standing")]  # fmt: skip
    rows = list[tuple[Cell, ...]]()
    for one in standing.results:
        ends = (level_label(one.target), str(one.cell.label))
        rows.extend((str(one.section), *row, *ends) for row in _item_rows(standing, one))
    return headings, rows, footnotes(standing)


def _document(one: Result) -> str:
    held = [row for row in one.section.targets.all() if row.valid_from <= one.planned.sample_on]
    return f"{held[-1].document}（{held[-1].document_on}）" if held else "—"
