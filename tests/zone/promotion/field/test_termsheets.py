"""Terms are filled in, versioned, compared; incentives wait for their review; then an agreement."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from openzone.zone.agreements.models import Agreement, Clause
from openzone.zone.agreements.services import drafting, incentives
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import TermState
from openzone.zone.promotion.models import TermLine, TermSheet
from openzone.zone.promotion.selectors.termsheets import difference, last_version, reviewed
from openzone.zone.promotion.services import term_lines, termsheets
from tests.zone.promotion.field.conftest import MARCH, NOW, PDF, TODAY, Bureau

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
FULL = {
    "zone": "示例园区", "investor": "示例电池集团", "project": "示例电池工厂",
    "content": "年产5吉瓦时",
    "place": "示例一园", "total": "350000000", "start": "2026-09-01", "finish": "2027-12-31",
    "land": "100", "land_by": "2026-08-31",
}  # fmt: skip
LATER = dt.date(2027, 12, 31)


@pytest.fixture
def plant(signed: Make) -> Project:
    project: Project = signed(
        MARCH, name="示例电池工厂", investor_name="示例电池集团", summary="年产5吉瓦时",
        planned_start=dt.date(2026, 9, 1),
    )  # fmt: skip
    return project


@pytest.fixture
def sheet(actor: Actor, bureau: Bureau, plant: Project) -> TermSheet:
    return termsheets.open_sheet(
        actor=actor, title="示例电池工厂投资条款", template="investment", unit=bureau.unit,
        owner=bureau.clerk, now=NOW, zone_name="示例园区", project=plant, user=bureau.clerk,
    )  # fmt: skip


@pytest.fixture
def write(actor: Actor, sheet: TermSheet) -> Make:
    """Write a version of the sheet."""

    def put(values: dict[str, str], **given: Any) -> Any:
        return termsheets.write_version(actor=actor, sheet=sheet, values=values, now=NOW, **given)

    return put


@pytest.fixture
def line(actor: Actor, sheet: TermSheet) -> TermLine:
    return term_lines.add_line(
        actor=actor, sheet=sheet, text="按设备投资额给予奖励", kind="reward", due=LATER, now=NOW,
        amount=Decimal(2_000_000),
    )  # fmt: skip


@pytest.fixture
def review(actor: Actor, bureau: Bureau) -> Make:
    """Somebody else reviews the incentive of a line."""

    def put(line: TermLine, conclusion: str = "allowed") -> Any:
        line.refresh_from_db()
        return incentives.review(
            actor=actor, incentive=line.incentive, conclusion=conclusion,
            basis_kind="administrative_regulation", basis="示例行政法规第一条", on=MARCH,
            file_name="审查表.pdf", data=PDF, user=bureau.colleague, now=NOW, today=TODAY,
        )  # fmt: skip

    return put


@pytest.fixture
def agreed(actor: Actor, bureau: Bureau, line: TermLine, review: Make) -> TermLine:
    term_lines.ask_review(actor=actor, line=line, user=bureau.clerk, now=NOW)
    review(line)
    return term_lines.agree_line(actor=actor, line=line, user=bureau.clerk, now=NOW)


def test_the_first_version_says_what_the_project_says(sheet: TermSheet) -> None:
    assert last_version(sheet).values == {
        "zone": "示例园区", "investor": "示例电池集团", "project": "示例电池工厂",
        "content": "年产5吉瓦时", "start": "2026-09-01",
    }  # fmt: skip


def test_a_lead_fills_a_sheet_in_and_its_project_is_taken_along(
    actor: Actor, bureau: Bureau, firm: Make, lead_of: Make
) -> None:
    lead = lead_of(firm("示例模组有限公司"))
    made = termsheets.open_sheet(
        actor=actor, title="框架", template="framework", unit=bureau.unit, owner=bureau.clerk,
        now=NOW, zone_name="示例园区", lead=lead,
    )  # fmt: skip
    values = last_version(made).values
    assert (values["investor"], values["project"]) == ("示例模组有限公司", "示例模组工厂")
    line = term_lines.add_line(
        actor=actor, sheet=made, text="奖励", kind="reward", due=LATER, now=NOW
    )
    with pytest.raises(Refused, match="say first which one"):
        term_lines.ask_review(actor=actor, line=line, user=bureau.clerk, now=NOW)


def test_every_version_is_kept_and_two_of_them_are_compared(
    write: Make, sheet: TermSheet, bureau: Bureau
) -> None:
    first = last_version(sheet)
    second = write({**first.values, "total": "350000000.00"}, user=bureau.clerk, note_text="报价")
    third = write({**first.values, "total": "400000000", "place": "示例二园"})
    found = difference(second, third)
    assert [(one.field.id, one.before, one.after) for one in found.changes] == [
        ("place", None, "示例二园"), ("total", "350000000", "400000000"),
    ]  # fmt: skip
    assert (second.by, second.note, third.seq) == (bureau.clerk, "报价", 3)
    with pytest.raises(Refused, match="nothing differs"):
        write(third.values)


def test_of_two_who_change_the_same_version_the_second_is_told(write: Make, bureau: Bureau) -> None:
    write({"zone": "示例园区"}, seen=1, user=bureau.colleague)
    with pytest.raises(Refused, match="already changed by tongshi"):
        write({"zone": "另一园区"}, seen=1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"total": "三亿"}, "total"),
        ({"total": "-1"}, "total"),
        ({"start": "2026年9月"}, "start"),
        ({"land_way": "gift"}, "land_way"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_field(
    write: Make, sheet: TermSheet, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        write(values)
    assert refused.value.field == field
    assert sheet.versions.count() == 1


def test_an_incentive_is_not_agreed_without_its_review(
    actor: Actor, sheet: TermSheet, line: TermLine, bureau: Bureau, review: Make
) -> None:
    agree: dict[str, Any] = {"actor": actor, "line": line, "user": bureau.clerk, "now": NOW}
    with pytest.raises(Refused, match="no fair-competition review"):
        term_lines.agree_line(**agree)
    term_lines.ask_review(**agree)
    with pytest.raises(Refused, match="no fair-competition review"):
        term_lines.agree_line(**agree)
    review(line, "not_allowed")
    with pytest.raises(Refused, match="does not allow it"):
        term_lines.agree_line(**agree)
    stands = reviewed(last_version(TermSheet.objects.get()))[0]
    assert stands.review is not None
    assert stands.why_not is not None
    review(line)
    assert term_lines.agree_line(**agree).review is not None
    with pytest.raises(Refused, match="already marked agreed by zhaoshang"):
        term_lines.agree_line(**agree)


def test_the_database_holds_that_too(line: TermLine) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TermLine.objects.filter(pk=line.pk).update(agreed_at=NOW)


def test_versions_keep_the_incentives_they_had(
    actor: Actor, sheet: TermSheet, line: TermLine
) -> None:
    sheet.refresh_from_db()
    before = last_version(sheet)
    term_lines.drop_line(actor=actor, line=line, now=NOW)
    sheet.refresh_from_db()
    found = difference(before, last_version(sheet))
    assert (found.added, found.dropped) == ([], [line])
    with pytest.raises(Refused, match="taken out"):
        term_lines.drop_line(actor=actor, line=line, now=NOW)


def test_terms_become_a_draft_with_promises_of_both_sides_and_the_incentive(
    actor: Actor, sheet: TermSheet, write: Make, agreed: TermLine, plant: Project
) -> None:
    write(FULL)
    made = termsheets.to_agreement(actor=actor, sheet=sheet, number="示例〔2026〕1号", now=NOW)
    clauses = {(one.side, one.kind): one for one in made.clauses.all()}
    assert (made.project, made.kind) == (plant, "contract")
    assert set(clauses) == {
        ("investor", "amount"), ("investor", "date"), ("zone", "land"), ("zone", "policy"),
    }  # fmt: skip
    assert clauses["investor", "amount"].quantity == 350_000_000
    assert clauses["investor", "amount"].due == dt.date(2027, 12, 31)
    assert clauses["zone", "policy"].review == agreed.review
    with pytest.raises(Refused, match="was drafted from it already"):
        write({**FULL, "total": "1"})


@pytest.mark.parametrize("left_out", ["place", "land_by"])
def test_a_field_that_is_missing_stops_the_agreement(
    actor: Actor, sheet: TermSheet, write: Make, left_out: str
) -> None:
    write({name: value for name, value in FULL.items() if name != left_out})
    with pytest.raises(Refused) as refused:
        termsheets.to_agreement(actor=actor, sheet=sheet, number="示例1号", now=NOW)
    assert refused.value.field == left_out
    assert not Agreement.objects.exists()


def test_an_incentive_that_is_not_agreed_stops_the_agreement(
    actor: Actor, sheet: TermSheet, write: Make, line: TermLine
) -> None:
    write(FULL)
    with pytest.raises(Refused, match="is not agreed yet"):
        termsheets.to_agreement(actor=actor, sheet=sheet, number="示例1号", now=NOW)
    assert not Clause.objects.exists()


def test_a_later_refusal_stops_what_was_agreed(
    actor: Actor, sheet: TermSheet, write: Make, agreed: TermLine, review: Make
) -> None:
    write(FULL)
    review(agreed, "not_allowed")
    with pytest.raises(Refused, match="does not allow it"):
        termsheets.to_agreement(actor=actor, sheet=sheet, number="示例1号", now=NOW)
    assert not Agreement.objects.exists()


def test_discarding_the_draft_puts_the_terms_in_work_again(
    actor: Actor, sheet: TermSheet, write: Make
) -> None:
    write(FULL)
    made = termsheets.to_agreement(actor=actor, sheet=sheet, number="示例1号", now=NOW)
    drafting.discard(actor=actor, agreement=made)
    write({**FULL, "total": "360000000"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.agreement) == (TermState.OPEN, None)


def test_terms_that_were_given_up_are_written_no_more(
    actor: Actor, sheet: TermSheet, write: Make
) -> None:
    termsheets.drop_sheet(actor=actor, sheet=sheet, reason="投资方退出")
    with pytest.raises(Refused, match="投资方退出"):
        write(FULL)
