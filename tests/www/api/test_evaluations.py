"""Programs of a bureau, a firm and who runs it: entered, published, objected to, answered."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from openzone.zone.evaluations.models import Outcome
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused
from tests.zone.evaluations import field as f
from tests.zone.evaluations.field import Field

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> Field:
    return f.field(TESTS, f.days(-14, timezone.now()), count=4)


def test_a_bureau_enters_its_column_in_the_unit_people_write(
    at: Field, program_of: Callable[..., Program]
) -> None:
    bureau, entrant = program_of(at.taxman), at.firm(1).pk
    rows = done(bureau.get(f"/enterprise-evaluations/{at.cycle.pk}/data"))
    assert {one["item"] for row in rows for one in row["figures"]} == {"tax", "revenue", "energy"}
    body = {"value": "1200", "source": "示例核定表", "reason": "更正"}
    made = done(bureau.post(f"/enterprise-evaluations/entrants/{entrant}/figures/tax", body), 201)
    assert float(made["value"]) == 12_000_000
    refused(
        bureau.post(f"/enterprise-evaluations/entrants/{entrant}/figures/land", body),
        403,
        "其他部门",
    )
    refused(bureau.post(f"/enterprise-evaluations/entrants/{entrant}/figures/tax",
                        {"value": "1300", "source": "示例"}), 422)  # fmt: skip


def test_a_firm_reads_its_own_objects_and_a_third_answers(
    at: Field, program_of: Callable[..., Program], stranger: Program
) -> None:
    f.published(TESTS, at, f.days(-14, timezone.now()))
    firm, third, mine = program_of(at.owner), program_of(at.third), at.firm(3)
    own = done(firm.get(f"/enterprise-evaluations/entrants/{mine.pk}"))
    outcome = Outcome.objects.get(entrant=mine)
    assert (own["rank"], own["of"], own["grade"]) == (3, 4, outcome.grade)
    assert own["items"][0]["formula"]["zh"].startswith("45 × ")
    assert own["next_class"] is not None
    refused(firm.get(f"/enterprise-evaluations/entrants/{at.firm(1).pk}"), 403)
    refused(stranger.get(f"/enterprise-evaluations/{at.cycle.pk}/list"), 403)
    rows = done(firm.get(f"/enterprise-evaluations/{at.cycle.pk}/list"))
    assert [one["rank"] for one in rows] == [1, 2, 3, 4]
    said = done(
        firm.post(f"/enterprise-evaluations/entrants/{mine.pk}/objections", {"text": "税收漏计"}),
        201,
    )
    answer = f"/enterprise-evaluations/objections/{said['id']}/answer"
    refused(firm.post(answer, {"upheld": "no", "text": "x"}), 403)
    refused(third.post(answer, {"upheld": "yes", "text": "x"}), 422)
    assert done(third.post(answer, {"upheld": "no", "text": "不属实"}))["upheld"] is False


def test_who_runs_it_opens_one(at: Field, program_of: Callable[..., Program]) -> None:
    runs = program_of(at.opener)
    body = {"scheme": "unnamed_city", "year": 2025, "title": "示例亩均"}
    made = done(runs.post("/enterprise-evaluations", body), 201)
    assert (made["kind"], made["state"]) == ("land", "gathering")
    assert done(runs.get(f"/enterprise-evaluations/{made['id']}"))["title"] == "示例亩均"
    assert [one["id"] for one in done(runs.get("/enterprise-evaluations"))] == [
        made["id"],
        at.cycle.pk,
    ]
    refused(runs.post("/enterprise-evaluations", body), 422)
