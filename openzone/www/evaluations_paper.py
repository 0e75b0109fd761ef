"""The published list of an evaluation as a paper and as a sheet."""

from typing import Any

from django.utils.translation import gettext as _

from openzone.www.excel import Table, in_example_zone
from openzone.www.formats import say
from openzone.www.papers.content import Grid, Paper, Section
from openzone.zone.evaluations.models import Cycle
from openzone.zone.evaluations.selectors.items import pack_of

Groups = list[tuple[str, list[dict[str, Any]], list[tuple[str, int]]]]


def final_paper(found: Cycle, groups: Groups) -> Paper:
    """Return the list as a paper: each group with its classes, below the basis it stands on."""
    sample = [_("示例 Example: synthetic data, no real company")] if found.synthetic else []
    return Paper(
        f"{found.title} {found.get_state_display()}", [*sample, *_basis(found)],
        [_section(*one) for one in groups],
    )  # fmt: skip


def _basis(found: Cycle) -> list[str]:
    pack = pack_of(found)
    lines = [
        _("Scheme: %(title)s. Source: %(source)s")
        % {"title": say(pack.title.text), "source": say(pack.source.text)},
        _("Data as of %(day)s") % {"day": found.data_on or "—"},
    ]
    if found.objections_until:
        lines.append(_("Objections until %(day)s") % {"day": found.objections_until})
    return lines


def _section(label: str, rows: list[dict[str, Any]], counts: list[tuple[str, int]]) -> Section:
    said = "；".join(f"{name} {count}" for name, count in counts)
    grid = Grid(
        [_("Rank"), _("Name"), _("Class"), _("Remark")],
        [
            ("—" if one["rank"] is None else str(one["rank"]), one["entrant"].name, one["class_"],
             _remark(one))
            for one in rows
        ],
    )  # fmt: skip
    return Section(label, [said], grid)


def _remark(one: dict[str, Any]) -> str:
    parts = [one["note"]]
    if one["shared"]:
        parts.append(_("shared with %(names)s") % {"names": one["shared"]})
    if one["level"]:
        parts.append(_("level at the bound of the class"))
    return "；".join(part for part in parts if part)


def final_table(found: Cycle, groups: Groups) -> Table:
    """Return the list as a sheet."""
    return Table(
        [_("Group"), _("Rank"), _("Out of"), _("Name"), _("Class"), _("Remark")],
        [
            (label, one["rank"], one["of"], one["entrant"].name, one["class_"], _remark(one))
            for label, rows, _counts in groups
            for one in rows
        ],
        [found.title, str(found.get_state_display()), *_basis(found)],
        found.synthetic or in_example_zone(),
    )
