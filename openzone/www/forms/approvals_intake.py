"""One form for a whole bundle: its blanks, and every paper once."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from openzone.packs.permits import Blank, Bundle, PaperPack
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.standing import Board
from openzone.zone.approvals.services.writing import Upload


class IntakeForm(forms.Form):
    """What is handed in for some items: answers, papers, and days by which papers follow.

    A paper on file need not come again; one that only comes with the land is not asked for.
    """

    def __init__(
        self, board: Board, codes: tuple[str, ...], bundle: Bundle | None, *args: Any,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.board, self.bundle = board, bundle
        for blank in bundle.form if bundle else ():
            self.fields[blank.id] = _blank(blank)
        for paper, needed in pack().papers_once(codes):
            if not paper.land:
                self._offer(paper, needed)

    def _offer(self, paper: PaperPack, needed: tuple[str, ...]) -> None:
        labels = self.board.labels
        used = "、".join(say(labels[code]) for code in needed if code in labels)
        on_file = self.board.given.get(paper.id)
        hint = _("For: %(items)s.") % {"items": used}
        if on_file is not None:
            hint += " " + _("On file: %(name)s. Give another only if it changed.") % {
                "name": on_file.name
            }
        self.fields[f"paper_{paper.id}"] = forms.FileField(
            label=say(paper.label.text), required=False, allow_empty_file=True, help_text=hint
        )
        if paper.promise and on_file is None:
            label = _("%(paper)s: follows by") % {"paper": say(paper.label.text)}
            self.fields[f"promise_{paper.id}"] = DayField(
                label=label, required=False, help_text=_("If it cannot come yet.")
            )

    @property
    def answers(self) -> dict[str, str]:
        """What was filled in, by blank."""
        blanks = self.bundle.form if self.bundle else ()
        return {one.id: str(self.cleaned_data.get(one.id) or "") for one in blanks}

    @property
    def uploads(self) -> dict[str, Upload]:
        """The papers that came, by id."""
        found = self._named("paper_")
        return {code: Upload(file.name, file.read()) for code, file in found.items()}

    @property
    def promises(self) -> dict[str, dt.date]:
        """The papers that follow, by id."""
        return self._named("promise_")

    def _named(self, prefix: str) -> dict[str, Any]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }


def _blank(blank: Blank) -> forms.Field:
    label = say(blank.label.text)
    if blank.day:
        return DayField(label=label, required=not blank.optional)
    if blank.number:
        return forms.DecimalField(
            label=label, max_digits=12, decimal_places=2, min_value=0, required=not blank.optional
        )
    return forms.CharField(label=label, max_length=200, required=not blank.optional)
