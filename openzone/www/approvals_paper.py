"""A pre-review opinion on paper, marked so that nobody takes it for a permit."""

from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.engines.text import Text
from openzone.www.formats import day, say
from openzone.www.papers.content import Grid, Paper, Section
from openzone.zone.approvals.models import Step
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.standing import board, names_of

MARK = Text(
    "预审意见 非行政许可 不得据以开工", "Pre-review opinion. Not a permit. Nothing is built on it."
)


def opinion_paper(step: Step) -> Paper:
    """Return the paper of an opinion: what it says, on which land and papers, until when."""
    track, item = step.item.track, step.item
    label = say(Text(item.label_zh, item.label_en))
    said = [
        (_("Number"), step.number),
        (_("Project"), track.project.name),
        (_("Asked for by"), track.applicant),
        (_("Parcel"), str(track.parcel) if track.parcel else "—"),
        (_("Item"), label),
        (_("Unit"), str(item.unit)),
        (_("Opinion given on"), day(timezone.localdate(step.at))),
        (_("Good until"), day(step.until)),
    ]
    sample = [_("示例 Example: synthetic data, no real company")] if track.project.synthetic else []
    return Paper(
        _("Pre-review opinion (no permit)"),
        [str(MARK), *sample],
        [
            Section(label, (), Grid([_("Entry of the opinion"), _("Content")], said)),
            Section(_("Opinion"), step.text.splitlines()),
            Section(_("It rests on"), _basis(step)),
            Section(_("What it is not"), [say(pack().acknowledgement.text.text), _now(step)]),
        ],
    )


def _basis(step: Step) -> list[str]:
    papers = [f"{say(names_of([code]))}（{sha[:12]}）" for code, sha in step.basis.items()]
    return [*papers, _("Land as of the review: %(digest)s") % {"digest": step.land[:12]}]


def _now(step: Step) -> str:
    """Return how the item stands while the paper is made: an opinion may have ended since."""
    line = board(step.item.track, timezone.now()).line(step.item.code)
    stands = _("As it stands on %(day)s: %(reason)s") % {
        "day": day(timezone.localdate()), "reason": say(line.reason),
    }  # fmt: skip
    return str(stands)
