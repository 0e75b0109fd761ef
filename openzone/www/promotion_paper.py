"""A term sheet as a paper: what it says, its version, each incentive with its review."""

from django.utils.translation import gettext as _

from openzone.engines.projects import terms
from openzone.engines.worktime.localtime import to_local
from openzone.www.formats import say
from openzone.www.papers.content import Grid, Paper, Section
from openzone.zone.agreements.packs import pack as agreements_pack
from openzone.zone.promotion.field_packs import template
from openzone.zone.promotion.models import TermSheet, TermVersion
from openzone.zone.promotion.selectors.termsheets import Line, reviewed


def paper_of(sheet: TermSheet, version: TermVersion, *, synthetic: bool) -> Paper:
    """Return the paper of a version."""
    pattern = template(sheet.template)
    at = f"{to_local(version.at):%Y-%m-%d %H:%M}"
    sample = [_("示例 Example: synthetic data, no real company")] if synthetic else []
    notes = [
        *sample,
        say(pattern.title.text),
        _("Draft, version %(n)s, %(who)s, %(at)s")
        % {"n": version.seq, "who": version.by or "—", "at": at},
        say(pattern.note.text),
    ]
    said = terms.said(pattern.fields, pattern.sections, version.values)
    sections = [Section(say(heading), [say(line) for line in lines]) for heading, lines in said]
    lines = reviewed(version)
    return Paper(sheet.title, notes, [*sections, *([_incentives(lines)] if lines else [])])


def _incentives(lines: list[Line]) -> Section:
    headings = [
        _("No."), _("What is granted"), _("Kind"), _("Amount (yuan)"), _("Due on"),
        _("Fair-competition review"), _("Agreed upon"),
    ]  # fmt: skip
    rows = [_row(number, one) for number, one in enumerate(lines, start=1)]
    return Section(_("Incentives of the term sheet"), (), Grid(headings, rows))


def _row(number: int, one: Line) -> tuple[str, ...]:
    line, review = one.line, one.review
    kind = agreements_pack().incentive_kind(line.kind)
    if review is None:
        stands = say(one.why_not) if one.why_not else "—"
    else:
        stands = f"{review.get_conclusion_display()} {review.on} {review.basis}"
    return (
        str(number), line.text, say(kind.label.text) if kind else line.kind,
        f"{line.amount:,.2f}" if line.amount is not None else "—", str(line.due), stands,
        _("Yes") if line.agreed_at else _("No"),
    )  # fmt: skip
