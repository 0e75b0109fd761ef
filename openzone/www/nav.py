"""The main menu: what a person can open, by what the person is in the zone."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.zone.approvals.permissions import may_list as may_list_approvals
from openzone.zone.chains.permissions import may_list as may_list_chains
from openzone.zone.community.permissions import may_act_as_agent
from openzone.zone.evaluations.permissions import may_list as may_list_evaluations
from openzone.zone.indicators.permissions import may_list as may_list_figures
from openzone.zone.ledger.permissions import may_see_budgets
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_administer, may_see_console
from openzone.zone.people.selectors import read_once
from openzone.zone.performance.permissions import may_report_projects as may_report
from openzone.zone.projects.permissions import may_list as may_list_projects
from openzone.zone.promotion.field_permissions import may_list as may_list_field
from openzone.zone.promotion.permissions import may_list as may_list_leads
from openzone.zone.readings.permissions import may_list as may_list_readings
from openzone.zone.redemption.permissions import may_check, may_finance
from openzone.zone.registry.permissions import may_import
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.resumption.permissions import may_look as may_look_resumption
from openzone.zone.reviews.permissions import may_list as may_list_reviews
from openzone.zone.rulebook.permissions import may_draft, may_screen, may_see_releases
from openzone.zone.suggestions.permissions import takes_part
from openzone.zone.supply.permissions import may_list as may_list_supply
from openzone.zone.visits.permissions import may_see_challenges, may_visit
from openzone.zone.waters.permissions import may_list as may_list_waters


def everybody(user: User | AnonymousUser, on: date) -> Decision:
    """Anybody who is logged in."""
    return allow()


def enterprises_own(user: User | AnonymousUser, on: date) -> Decision:
    """People who do not work for the zone see their own enterprise in place of the console."""
    return deny("", "") if may_see_console(user, on).allowed else allow()


def speaks(user: User | AnonymousUser, on: date) -> Decision:
    """People who speak for an enterprise, and do not work for the zone."""
    own = enterprises_own(user, on)
    if not own.allowed or not spoken_for(user, on).exists():
        return deny("", "")
    return allow()


Allowed = Callable[[User | AnonymousUser, date], Decision]


class Item(NamedTuple):
    """A line of the menu. ``prefix`` is what the url names of its pages begin with."""

    name: str
    icon: str
    label: Promise
    prefix: str | tuple[str, ...]
    allowed: Allowed = everybody


class Link(NamedTuple):
    """A line of the menu as drawn."""

    href: str
    icon: str
    label: Promise
    here: bool


class Section(NamedTuple):
    """Lines of the menu that belong together, under a heading where they have one."""

    heading: Promise | None
    items: tuple[Item, ...]


class Group(NamedTuple):
    """A section as drawn; ``open`` where its lines show."""

    key: str
    heading: Promise | None
    links: list[Link]
    open: bool


FIELD_WORK = (
    "promotion_funnel", "trip", "promo_event", "return_visit", "supplier", "term_sheet",
    "negotiation",
)  # fmt: skip
TARGETS = ("performance", "target", "over_half", "completion", "round", "score", "objection")
"""What the url names of targets and evaluations begin with."""
LAND = ("land", "parcel", "deliver", "standard_")
FIGURES = ("figure", "report")
"""What the url names of figures over time begin with: series, reporting, boards."""
SECTIONS = (
    Section(
        None,
        (
            Item("home", "home", _("Today"), "home", may_see_console),
            Item("my_desk", "inbox", _("My desk"), "my_desk", may_see_console),
            Item("overview", "gauge", _("Summary for leaders"), "overview", may_see_console),
            Item(
                "enterprises",
                "building-factory-2",
                _("Enterprises"),
                "enterprise",
                may_see_console,
            ),
            Item(
                "my_enterprise",
                "building-factory-2",
                _("My enterprise"),
                "enterprise",
                speaks,
            ),
            Item("matters", "message-report", _("My matters"), "matter", enterprises_own),
        ),
    ),
    Section(
        _("Policies"),
        (
            Item("my_policies", "list-check", _("My policies"), "my_policies", speaks),
            Item(
                "my_commitments",
                "shield-check",
                _("Our commitments"),
                "my_commitments",
                speaks,
            ),
            Item("messages", "info-circle", _("Messages"), "message", enterprises_own),
            Item("library", "file-text", _("Policy library"), "library"),
            Item("rules", "certificate", _("Policies and rules"), "rule"),
            Item("screening", "filter", _("Screening"), "screening", may_screen),
            Item("drafts", "edit", _("Rule drafts"), "draft", may_draft),
            Item("releases", "history", _("Releases of the rules"), "release", may_see_releases),
            Item("pushes", "upload", _("Pushes"), "push", may_see_console),
            Item("coverage", "target-arrow", _("Coverage"), "coverage", may_see_console),
            Item("sessions", "calendar", _("Live sessions"), "session"),
            Item("spokespersons", "phone", _("Spokespersons"), "spokesperson"),
            Item("consultations", "help-circle", _("Questions"), "consultation"),
            Item("cultivation", "target-arrow", _("Cultivation"), "cultivation", may_see_console),
            Item(
                "cultivation_mine",
                "target-arrow",
                _("Where it stands"),
                "cultivation",
                speaks,
            ),
        ),
    ),
    Section(
        _("Redemption"),
        (
            Item("applications", "file-text", _("Policy applications"), "application"),
            Item("desk", "list-check", _("Waiting applications"), "desk", may_see_console),
            Item("publicity", "eye", _("Publicity"), "publicity"),
            Item("fund_orders", "file-spreadsheet", _("Fund orders"), "fund_order", may_finance),
            Item("budgets", "scale", _("Budget"), "budget", may_see_budgets),
            Item("checks", "shield-check", _("Post-checks"), "check", may_check),
            Item("earlier", "history", _("Earlier payments"), "earlier", may_import),
            Item("effect", "chart-bar", _("Effect"), "effect", may_see_console),
        ),
    ),
    Section(
        _("Projects"),
        (
            Item("projects", "layout-kanban", _("Projects"), "project", may_list_projects),
            Item("chains", "sitemap", _("Industrial chains"), "chain", may_list_chains),
            Item("supply", "users", _("Supply matching"), "supply", may_list_supply),
            Item(
                "leads",
                "target-arrow",
                _("Promotion"),
                ("lead", "investor", "adviser", "referral", "contact"),
                may_list_leads,
            ),
            Item(
                "promotion_funnel",
                "filter",
                _("Field work of promotion"),
                FIELD_WORK,
                may_list_field,
            ),
            Item("promises", "scale", _("Promises of both sides"), "promise", may_list_projects),
            Item("land", "map-pin", _("Land"), LAND, may_list_projects),
            Item("agreements_mine", "file-text", _("Our agreements"), "agreement", speaks),
            Item("approvals", "certificate", _("Approvals"), "approval", may_list_approvals),
            Item("approvals_mine", "certificate", _("Our approvals"), "approval", speaks),
            Item(
                "pipeline_figures",
                "chart-bar",
                _("Projects in figures"),
                "pipeline_figure",
                may_list_projects,
            ),
            Item("one_page", "trophy", _("One page for leaders"), "one_page", may_report),
            Item("reviews", "calendar-event", _("Review meetings"), "review", may_list_reviews),
            Item("obstacles", "flag", _("Obstacles"), "obstacle", may_list_reviews),
            Item("forces", "users", _("Task forces"), "force", may_list_reviews),
        ),
    ),
    Section(
        _("Economy"),
        (
            Item("figure_lines", "chart-bar", _("Figures"), FIGURES, may_list_figures),
            Item("readings", "file-text", _("Reading of pages"), "reading", may_list_readings),
            Item("targets", "target-arrow", _("Targets and evaluation"), TARGETS, may_see_console),
            Item(
                "evaluations",
                "trophy",
                _("Evaluations of enterprises"),
                "evaluation",
                may_list_evaluations,
            ),
            Item(
                "resumption_mine",
                "building-factory-2",
                _("Resumption of work"),
                "resumption",
                speaks,
            ),
            Item(
                "resumption",
                "building-factory-2",
                _("Resumption of work"),
                "resumption",
                may_look_resumption,
            ),
        ),
    ),
    Section(
        _("Service"),
        (
            Item("cases", "message-report", _("Cases"), "case", may_see_console),
            Item("board", "layout-kanban", _("Board"), "board", may_see_console),
            Item(
                "league",
                "chart-bar",
                _("How cases go"),
                ("league", "heat", "workload", "systemic", "brief"),
                may_see_console,
            ),
            Item(
                "closures", "chart-bar", _("Requests and their close"), "closure", may_see_console
            ),
            Item("window", "help-circle", _("Could not get it done"), "window", may_see_console),
            Item(
                "negative_answers", "x", _("Negative answers"), "negative_answer", may_see_console
            ),
            Item("rule_changes", "edit", _("Rule changes"), "rule_change", may_see_console),
            Item("dispatches", "building-factory-2", _("Dispatches"), "dispatch", may_see_console),
            Item("my_visits", "map-pin", _("My visits"), "my_visit", may_visit),
            Item("visits", "users", _("Who looks after whom"), "visit", may_visit),
            Item("waters", "map-pin", _("Joint water monitoring"), "water", may_list_waters),
            Item("site_sessions", "calendar-event", _("Sessions on site"), "site_", may_visit),
            Item("challenges", "trophy", _("Challenge board"), "challenge", may_see_challenges),
            Item("suggestions", "edit", _("Suggestions"), "suggestion", may_see_console),
            Item("suggestions_mine", "edit", _("My suggestions"), "suggestions_mine", takes_part),
            Item("reforms", "target-arrow", _("Reform tasks"), "reform", may_see_console),
            Item("surveys", "star", _("Satisfaction"), "survey", may_see_console),
            Item("my_contacts", "users", _("Who looks after us"), "visit_", speaks),
            Item("surveys_mine", "star", _("Surveys"), "survey", enterprises_own),
        ),
    ),
    Section(
        _("Service to residents"),
        (
            Item("agent_orders", "list-check", _("My orders"), "agent_", may_act_as_agent),
            Item("residents", "users", _("Residents"), "resident", may_act_as_agent),
            Item("orders", "home", _("Assisted service"), "order", may_see_console),
            Item(
                "service_points", "map-pin", _("Service points"), "service_point", may_see_console
            ),
            Item("filings", "arrow-right", _("Cross-region service"), "filing", may_see_console),
            Item("commitments", "certificate", _("Commitments"), "commitment", may_see_console),
            Item("service_items", "file-text", _("Service items"), "service_item", may_see_console),
        ),
    ),
    Section(
        _("The record"),
        (
            Item("calendar", "calendar", _("Working calendar"), "calendar"),
            Item("imports", "file-import", _("Imports"), "import", may_import),
            Item("types_of_cases", "settings", _("Case types"), "type", may_see_console),
            Item("webhooks", "webhook", _("Webhooks"), "webhook", may_administer),
            Item("people", "users", _("People and units"), "people", may_administer),
            Item("audit", "shield-check", _("Audit log"), "audit", may_administer),
        ),
    ),
)


# A menu of so many lines shows whole; of a longer one the section of the page, and what was opened.
SHORT = 16
COOKIE = "menu_open"

# Pages that open without a login (see ``public.py``), in the order a visitor needs them.
PUBLIC_ITEMS: tuple[Item, ...] = (
    Item("matter_new", "message-report", _("Ask for something"), "matter"),
    Item("status", "search", _("How it stands"), "status"),
    Item("library", "file-text", _("Policy library"), "library"),
    Item("calculator", "scale", _("Policy calculator"), "calculator"),
    Item("publicity", "eye", _("Publicity"), "publicity"),
    Item("commitments_published", "shield-check", _("Published commitments"), "commitments_pub"),
    Item("sessions", "calendar", _("Live sessions"), "session"),
    Item("spokespersons", "phone", _("Spokespersons"), "spokesperson"),
)


def public_menu(request: HttpRequest) -> list[Link]:
    """Return the lines for a visitor who is not logged in."""
    return [_link(item, request) for item in PUBLIC_ITEMS]


def menu(request: HttpRequest) -> list[Group]:
    """Return the lines for the user of this request."""
    decisions = {item.allowed for section in SECTIONS for item in section.items}
    today = timezone.localdate()
    # Many lines share a decision, and each asks what the user is.
    with read_once():
        allowed = {decide for decide in decisions if decide(request.user, today).allowed}
    drawn = [(str(n), one.heading, _links(one, allowed, request)) for n, one in enumerate(SECTIONS)]
    lines = sum(len(links) for _key, _heading, links in drawn)
    shown = _opened(request) | ({key for key, _h, _l in drawn} if lines <= SHORT else set())
    return [
        Group(key, heading, links, key in shown or any(link.here for link in links))
        for key, heading, links in drawn
        if links
    ]


def _opened(request: HttpRequest) -> set[str]:
    """Return the sections that the reader left open, as ``openzone.js`` notes them."""
    return set(request.COOKIES.get(COOKIE, "").split("."))


def _links(section: Section, allowed: set[Allowed], request: HttpRequest) -> list[Link]:
    return [_link(item, request) for item in section.items if item.allowed in allowed]


def _link(item: Item, request: HttpRequest) -> Link:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return Link(reverse(item.name), item.icon, item.label, name.startswith(item.prefix))
