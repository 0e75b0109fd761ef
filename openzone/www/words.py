"""Words for what packs and the log call by short names."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "jobs.job.failed": _("Background job failed"),
    "jobs.job.retried": _("Background job tried again"),
    "jobs.pruned": _("Old background jobs removed"),
    "people.user.created": _("Account created"),
    "people.user.password_changed": _("Password changed"),
    "people.user.deactivated": _("Account closed"),
    "people.unit.created": _("Unit created"),
    "people.membership.granted": _("Role granted"),
    "people.membership.ended": _("Role ended"),
    "outreach.preferences.said": _("Said what it wants to be told"),
    "outreach.push.begun": _("Push begun"),
    "outreach.push.sent": _("Push sent"),
    "outreach.push.read": _("Message opened"),
    "outreach.session.planned": _("Live session planned"),
    "outreach.session.edited": _("Live session changed"),
    "outreach.session.cancelled": _("Live session cancelled"),
    "outreach.session.held": _("Live session held"),
    "outreach.session.registered": _("Registered for a live session"),
    "outreach.session.questions": _("Questions of a session passed on"),
    "policies.document.created": _("Document entered"),
    "policies.document.edited": _("Document edited"),
    "policies.document.published": _("Document published"),
    "policies.document.withdrawn": _("Document withdrawn"),
    "policies.item.created": _("Item entered"),
    "policies.item.edited": _("Item edited"),
    "policies.item.published": _("Item published"),
    "policies.item.withdrawn": _("Item withdrawn"),
    "policies.interpretation.written": _("Interpretation drafted"),
    "policies.interpretation.reviewed": _("Interpretation reviewed"),
    "policies.interpretation.published": _("Interpretation published"),
    "policies.interpretation.withdrawn": _("Interpretation withdrawn"),
    "policies.answer.given": _("Answer given"),
    "policies.answer.reviewed": _("Answer reviewed"),
    "policies.answer.published": _("Answer published"),
    "policies.answer.confirmed": _("Answer confirmed"),
    "policies.answer.withdrawn": _("Answer withdrawn"),
    "policies.media.added": _("Medium added"),
    "policies.media.removed": _("Medium removed"),
    "policies.task.added": _("Task added"),
    "policies.task.changed": _("Task changed"),
    "policies.import.received": _("Spreadsheet of policies received"),
    "policies.import.applied": _("Spreadsheet of policies applied"),
    "policies.import.discarded": _("Spreadsheet of policies discarded"),
    "policies.links.checked": _("Addresses of policies checked"),
    "policies.compendium.asked": _("Compendium asked for"),
    "policies.compendium.made": _("Compendium made"),
    "registry.enterprise.created": _("Enterprise entered"),
    "registry.enterprise.updated": _("Enterprise changed"),
    "registry.enterprise.renamed": _("Enterprise renamed"),
    "registry.enterprise.name_added": _("Name added"),
    "registry.enterprise.merged": _("Enterprises merged"),
    "registry.enterprise.unmerged": _("Merge undone"),
    "registry.place.created": _("Place created"),
    "registry.facts.stated": _("Facts stated"),
    "registry.fact.corrected": _("Fact corrected"),
    "registry.fact.withdrawn": _("Fact withdrawn"),
    "registry.import.received": _("File received"),
    "registry.import.checked": _("File checked"),
    "registry.import.applied": _("File written to the record"),
    "registry.import.columns_assigned": _("Columns assigned"),
    "registry.import.discarded": _("File discarded"),
    "registry.person_in_charge.assigned": _("Put in charge"),
    "registry.person_in_charge.ended": _("No longer in charge"),
    "registry.staff.added": _("Enterprise staff added"),
    "registry.staff.ended": _("Enterprise staff ended"),
    "registry.sensitive.revealed": _("Sensitive value looked at"),
    "registry.exported": _("List exported"),
    "rulebook.draft.created": _("Rule draft begun"),
    "rulebook.draft.edited": _("Rule draft edited"),
    "rulebook.draft.renamed": _("Rule draft renamed"),
    "rulebook.draft.rebased": _("Rule draft brought up to date"),
    "rulebook.draft.discarded": _("Rule draft discarded"),
    "rulebook.draft.submitted": _("Rule draft submitted"),
    "rulebook.draft.returned": _("Rule draft returned"),
    "rulebook.case.set": _("Golden case set"),
    "rulebook.case.removed": _("Golden case removed"),
    "rulebook.release.published": _("Rules released"),
    "rulebook.release.adopted": _("Packs of the software released"),
    "spokespersons.appointed": _("Spokesperson appointed"),
    "spokespersons.handed_over": _("Spokesperson handed over"),
    "spokespersons.ended": _("Spokesperson's term ended"),
    "spokespersons.departed": _("Spokesperson left"),
    "spokespersons.phone_changed": _("Spokesperson's telephone corrected"),
    "spokespersons.absence_recorded": _("Spokesperson's absence recorded"),
    "spokespersons.absence_ended": _("Spokesperson's absence ended"),
    "spokespersons.consultation.asked": _("Question asked"),
    "spokespersons.consultation.passed_on": _("Question passed on"),
    "spokespersons.consultation.unit_involved": _("Another unit asked for its part"),
    "spokespersons.consultation.part_given": _("Part of another unit given"),
    "spokespersons.consultation.limit_set": _("Time limit of a question chosen"),
    "spokespersons.consultation.answered": _("Question answered"),
    "spokespersons.consultation.asked_again": _("Question asked again"),
    "spokespersons.consultation.helped": _("Helped with an application"),
    "spokespersons.reply.published": _("Answer published"),
    "spokespersons.reply.rated": _("Answer rated"),
}


def action(name: str) -> str:
    """Return the words for an event's dotted name; an unknown one stays as it is."""
    return str(ACTIONS.get(name, name))


RULE_KINDS = {
    "qualify": _("Recognition"),
    "classify": _("Classification"),
    "reduce": _("Tax or fee relief"),
    "subsidise": _("Subsidy"),
    "entitle": _("Entitlement"),
}
VERIFIED = {
    "V": _("Read in the document itself"),
    "V2": _("Read in a second source"),
    "L": _("Local document"),
    "K": _("Not checked against the document"),
}


def rule_kind(kind: str) -> str:
    """Return the word for what a rule does."""
    return str(RULE_KINDS[kind])


def verified(mark: str) -> str:
    """Return what a verification mark means."""
    return str(VERIFIED[mark])
