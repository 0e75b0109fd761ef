"""What cases leave behind: refusals, suggested changes of rules, things that were got hold of."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.enums import ChangeAnswer, DispatchTerms, ReviewWord
from openzone.zone.cases.models.cases import Case
from openzone.zone.people.models import Unit, User


class NegativeAnswer(models.Model):
    """A no, with what it rests on (否定事项报告制度): nobody may just say no.

    It names the law and the clause, and what the asker can do instead. Somebody else than who said
    it looks at it and upholds or lifts it. ``case`` is empty where a window reports a no that
    never became a case.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="negative_answers"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="negative_answers", verbose_name=_("Unit")
    )
    matter = models.CharField(_("What was asked for"), max_length=200)
    law = models.CharField(_("Law or document"), max_length=200)
    clause = models.CharField(_("Clause"), max_length=100)
    reason = models.TextField(_("Why not"), validators=[MaxLengthValidator(2000)])
    alternatives = models.TextField(
        _("What can be done instead"), validators=[MaxLengthValidator(2000)]
    )
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("Said at"))
    due_at = models.DateTimeField(_("Review due"))
    word = models.CharField(_("Review"), max_length=16, choices=ReviewWord.choices, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(_("Reviewed at"), null=True, blank=True)
    review_note = models.CharField(_("Grounds of the review"), max_length=500, blank=True)

    class Meta:
        ordering = ["-said_at", "-id"]
        verbose_name = _("Negative answer")
        verbose_name_plural = _("Negative answers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(law="") & ~Q(clause="") & ~Q(alternatives=""),
                name="negative_answer_has_grounds",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("said_by")),
                name="negative_answer_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(word="", reviewed_at__isnull=True)
                | (~Q(word="") & Q(reviewed_at__isnull=False)),
                name="negative_answer_reviewed_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-said_at"], name="negative_answer_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.matter}"


class RuleChange(models.Model):
    """A change of a rule that cases suggest; the unit it goes to owes an answer by ``due_at``."""

    rule = models.CharField(_("Rule or practice"), max_length=200)
    clause = models.CharField(_("Clause"), max_length=100, blank=True)
    cause = models.TextField(_("What the rule causes"), validators=[MaxLengthValidator(2000)])
    proposal = models.TextField(_("Suggested change"), validators=[MaxLengthValidator(2000)])
    cases = models.ManyToManyField(Case, related_name="rule_changes")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="rule_changes", verbose_name=_("Unit asked")
    )
    suggested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    suggested_at = models.DateTimeField(_("Suggested at"))
    due_at = models.DateTimeField(_("Answer due"))
    answer = models.CharField(_("Answer"), max_length=16, choices=ChangeAnswer.choices, blank=True)
    answer_text = models.TextField(
        _("Grounds of the answer"), validators=[MaxLengthValidator(2000)], blank=True
    )
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    in_force_on = models.DateField(_("Changed from"), null=True, blank=True)

    class Meta:
        ordering = ["-suggested_at", "-id"]
        verbose_name = _("Suggested rule change")
        verbose_name_plural = _("Suggested rule changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & ~Q(answer_text="") & Q(answered_at__isnull=False)),
                name="rule_change_answer_has_grounds",
            ),
        ]

    def __str__(self) -> str:
        return self.rule


class Dispatch(models.Model):
    """Something got hold of for a case: a generator, a tanker, a truck (要素保障调度).

    ``cost`` is in fen; empty where it is not known, which is not the same as nothing.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="dispatches")
    what = models.CharField(_("What"), max_length=100)
    amount = models.CharField(_("How much"), max_length=64)
    terms = models.CharField(_("Terms"), max_length=16, choices=DispatchTerms.choices)
    supplier = models.CharField(_("From whom"), max_length=128)
    place = models.CharField(_("Where to"), max_length=200)
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(_("Ordered at"))
    needed_until = models.DateTimeField(_("Needed until"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("Arrived at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("Given back at"), null=True, blank=True)
    cost = models.BigIntegerField(_("Cost"), null=True, blank=True)
    paid_by = models.CharField(_("Paid by"), max_length=128, blank=True)

    class Meta:
        ordering = ["-ordered_at", "-id"]
        verbose_name = _("Dispatch")
        verbose_name_plural = _("Dispatches")
        constraints = [
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(arrived_at__gte=F("ordered_at")),
                name="dispatch_arrives_after_it_is_ordered",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True)
                | (Q(arrived_at__isnull=False) & Q(returned_at__gte=F("arrived_at"))),
                name="dispatch_returned_after_it_arrives",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="dispatch_cost_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.amount}"
