"""Beginning a draft: of a rule, a change, a new version, a withdrawal, the relations."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.drafting.blanks import new_rule
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.drafts import NewRuleForm, NewVersionForm, RuleChoiceForm, TitleForm
from openzone.www.views.rulebook.access import writer
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.services import drafts


def above() -> tuple[Crumb, ...]:
    """Return the way back to the list."""
    return (Crumb(reverse("drafts"), _("Rule drafts")),)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """Begin a rule that does not exist yet."""
    who, form = writer(request), NewRuleForm(posted(request))

    def create() -> RuleDraft:
        data = form.cleaned_data
        return drafts.create_rule(
            actor=who.actor,
            by=who.user,
            rule_id=data["rule"],
            title=data["title"],
            document=new_rule(data),
        )

    return _page(request, _("New rule"), form, create)


@require_http_methods(["GET", "POST"])
def revision(request: HttpRequest) -> HttpResponse:
    """Change a rule in force."""
    who = writer(request)
    form = RuleChoiceForm(posted(request), rule=request.GET.get("rule", ""))

    def create() -> RuleDraft:
        data = form.cleaned_data
        return drafts.create_revision(
            actor=who.actor, by=who.user, rule_id=data["rule"], title=data["title"]
        )

    return _page(request, _("Change a rule"), form, create)


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest) -> HttpResponse:
    """Let a new version follow the last one of a rule."""
    who = writer(request)
    form = NewVersionForm(posted(request), rule=request.GET.get("rule", ""))

    def create() -> RuleDraft:
        data = dict(form.cleaned_data)
        data["rule_id"] = data.pop("rule")
        return drafts.create_new_version(actor=who.actor, by=who.user, **data)

    return _page(request, _("New version of a rule"), form, create)


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest) -> HttpResponse:
    """Take a rule out."""
    who = writer(request)
    form = RuleChoiceForm(posted(request), rule=request.GET.get("rule", ""))

    def create() -> RuleDraft:
        data = form.cleaned_data
        return drafts.create_withdrawal(
            actor=who.actor, by=who.user, rule_id=data["rule"], title=data["title"]
        )

    return _page(request, _("Withdraw a rule"), form, create)


@require_http_methods(["GET", "POST"])
def relations(request: HttpRequest) -> HttpResponse:
    """Change how the rules limit each other."""
    who, form = writer(request), TitleForm(posted(request))

    def create() -> RuleDraft:
        title = form.cleaned_data["title"]
        return drafts.create_relations(actor=who.actor, by=who.user, title=title)

    return _page(request, _("Change the relations"), form, create)


def _page(
    request: HttpRequest, heading: str, form: forms.Form, create: Callable[[], RuleDraft]
) -> HttpResponse:
    done = _("The draft is begun. Nothing is in force before somebody else approves it.")
    page = FormPage(heading, _("Begin the draft"), done, above())
    return answer(request, page, form, lambda: address(create()))


def address(draft: RuleDraft) -> str:
    """Return where a draft is worked on."""
    name = {"rule": "draft_edit", "relations": "draft_text", "withdrawal": "draft"}[draft.kind]
    return reverse(name, args=[draft.pk])
