"""What somebody does with a project in the pools: grade it, put it in or out, ask for funds."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from openzone.www.forms import projects_pools as forms
from openzone.www.hands import Hand
from openzone.www.views.projects.doing import Act, Given, about, simple
from openzone.zone.projects.models import Project
from openzone.zone.projects.services import pools


def _fund(who: Hand, project: Project, given: Given) -> object:
    del given["scale"]
    return pools.prepare_application(**who.of("now", "user"), project=project, **given)


def _submit(who: Hand, project: Project, given: Given) -> object:
    return pools.submit_application(**who.of("today"), **_proved(who, given))


def _decide(who: Hand, project: Project, given: Given) -> object:
    del given["scale"]
    return pools.decide_application(**who.of("today"), **_proved(who, given))


def _proved(who: Hand, given: Given) -> Given:
    """Take the file and the document number of a form together as the proof of a step."""
    file, number = given.pop("file"), given.pop("document_no")
    if not file and not number.strip():
        return given
    proof = pools.Proof(
        who.now, number, file.name if file else "", file.read() if file else None, who.user
    )
    return {**given, "proof": proof}


ACTS: Mapping[str, Act] = {
    "assess": Act(forms.AssessForm, _("Assess how mature it is"), _("Save"),
                  simple(pools.assess, "now", "user"), "pools",
                  sub=_("Nobody knows is not no. The grade follows from the answers.")),
    "pool-in": Act(forms.PoolInForm, _("Put into a pool"), _("Put in"),
                   simple(pools.enter_pool), "pools"),
    "pool-out": Act(forms.PoolOutForm, _("Take out of a pool"), _("Take out"),
                    simple(pools.leave_pool), "pools"),
    "fund": Act(forms.FundForm, _("Prepare an application for funds"), _("Prepare"), _fund, "pools",
                sub=_("A match is advice; who prepares an application reads the call.")),
    "fund-submit": Act(forms.SubmitForm, _("The application went up"), _("Record"), _submit,
                       "pools"),
    "fund-decide": Act(forms.DecideForm, _("What was decided above"), _("Record"), _decide, "pools",
                       rules=True, sub=_("Granted is not arrived: arrivals are recorded apart.")),
    "fund-withdraw": Act(forms.WithdrawForm, _("Take an application back"), _("Take back"),
                         about(pools.withdraw_application), "pools"),
}  # fmt: skip
