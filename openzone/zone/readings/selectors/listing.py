"""Pages in a list, what waits on a desk, and how good each rule is."""

from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from openzone.zone.people.models import User
from openzone.zone.readings.enums import FactState, PageState
from openzone.zone.readings.models import JudgedFact, Page


class Asked(NamedTuple):
    """Which pages: in which state of work, with which words in paper, name or text."""

    work: str = ""
    q: str = ""


WORK = {
    "open": Q(state=PageState.READ, facts_judged__lt=F("facts_found")),
    "accepted": Q(state=PageState.READ, facts_judged__gt=0, facts_judged=F("facts_found")),
    "waiting": Q(state=PageState.WAITING),
    "failed": Q(state=PageState.FAILED),
}
"""What is still to be done with a page."""


def pages(asked: Asked) -> QuerySet[Page]:
    """Return pages, the latest first, without their text."""
    found = Page.objects.select_related("brought_by").defer("text", "articles", "links")
    if asked.work:
        found = found.filter(WORK.get(asked.work, Q(pk__in=[])))
    if asked.q:
        q = asked.q
        found = found.filter(Q(paper__icontains=q) | Q(name__icontains=q) | Q(text__icontains=q))
    return found


def facts_of(page: Page) -> QuerySet[JudgedFact]:
    """Return the facts of a page as they stand, in the order of the page."""
    rows = JudgedFact.objects.filter(page=page).select_related(
        "fact", "last__by", "enterprise", "project", "document"
    )
    return rows.order_by("fact__start", "fact_id")


def to_enter(page: Page) -> QuerySet[JudgedFact]:
    """Return the accepted facts of a page that are not in the record yet."""
    return facts_of(page).filter(state=FactState.ACCEPTED, entered=False, fact__names=False)


class RuleLine(NamedTuple):
    """What became of the facts of a rule."""

    rule: str
    origin: str
    found: int
    unchanged: int
    changed: int
    rejected: int
    open: int

    @property
    def precision(self) -> float | None:
        """The share of its judged facts that were right as they were."""
        judged = self.unchanged + self.changed + self.rejected
        return self.unchanged / judged if judged else None


def rules() -> list[RuleLine]:
    """Return what became of the facts of each rule; rules with most to mend first."""
    accepted = Q(state=FactState.ACCEPTED)
    rows = (
        JudgedFact.objects.filter(fact__names=False)
        .values("fact__rule", "fact__origin")
        .annotate(
            found=Count("pk"),
            unchanged=Count("pk", filter=accepted & Q(changed=False)),
            fixed=Count("pk", filter=accepted & Q(changed=True)),
            rejected=Count("pk", filter=Q(state=FactState.REJECTED)),
            open=Count("pk", filter=Q(state=FactState.OPEN)),
        )
    )
    lines = [
        RuleLine(
            row["fact__rule"], row["fact__origin"], row["found"], row["unchanged"], row["fixed"],
            row["rejected"], row["open"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (-(one.changed + one.rejected), one.rule))


def reasons() -> list[tuple[str, str, int]]:
    """Return why facts were rejected: rule, reason, how often."""
    rows = (
        JudgedFact.objects.filter(state=FactState.REJECTED, last__said="reject")
        .values("fact__rule", "last__reason")
        .annotate(n=Count("pk"))
        .order_by("-n", "fact__rule", "last__reason")[:50]
    )
    return [(row["fact__rule"], row["last__reason"], row["n"]) for row in rows]


def waiting_for(user: User) -> QuerySet[Page]:
    """Return the pages somebody brought in that ask something of them."""
    asks = WORK["open"] | WORK["failed"]
    rows = Page.objects.filter(asks, brought_by=user).defer("text", "articles", "links")
    return rows.order_by("-pk")[:20]
