"""Programs of a firm and of statistics: filled in, returned, handed in again, approved, summed."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from openzone.zone.indicators.report_packs import form_of, last_ended
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused
from tests.zone.indicators.reports_world import CELLS, firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("stats", Role.STATISTICS, office))


def test_a_report_from_round_to_sum(
    clerk: Program, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> None:
    user = make_user("reporter")
    owner, stranger = program_of(user), program_of(make_user("nobody"))
    firm(TESTS, "示例电池有限公司", user)
    period = str(last_ended(form_of("enterprise_monthly"), timezone.localdate()))
    opened = {"form": "enterprise_monthly", "period": period}
    refused(owner.post("/report-rounds", opened), 403)
    made = done(clerk.post("/report-rounds", opened), 201)
    assert (made["members"], made["owed"]) == (1, 1)
    refused(clerk.post("/report-rounds", opened), 422)
    (line,) = done(owner.get("/reports"))["items"]
    at = f"/reports/{line['id']}"
    refused(stranger.get(at), 403)
    refused(clerk.post(f"{at}/save", {"version": 0, "cells": CELLS}), 403)

    kept = done(owner.post(f"{at}/save", {"version": 0, "cells": CELLS | {"tax": "约60"}}))
    refused(owner.post(f"{at}/save", {"version": 0, "cells": CELLS}), 409)
    asked = {one["field"]: one["asked"] for one in kept["cells"] if one["asked"]}
    assert list(asked) == ["tax"]
    refused(owner.post(f"{at}/submit", {"version": kept["version"]}), 422)
    kept = done(owner.post(f"{at}/save", {"version": kept["version"], "cells": {"tax": "60"}}))
    sent = done(owner.post(f"{at}/submit", {"version": kept["version"]}))
    back = done(clerk.post(f"{at}/return", {
        "version": sent["version"], "cells": {"tax": "核对完税证明"}}))  # fmt: skip
    assert back["state"] == "returned"
    sent = done(owner.post(f"{at}/submit", {"version": back["version"]}))
    refused(owner.post(f"{at}/approve", {"version": sent["version"]}), 403)
    assert done(clerk.post(f"{at}/approve", {"version": sent["version"]}))["state"] == "approved"

    found = done(clerk.get(f"/report-rounds/{made['id']}/sums"))
    whole = {one["field"]: one["sums"][0] for one in found["lines"]}
    assert float(whole["revenue"]["total"]) == 1200
    assert not whole["coal"]["complete"]
    scope = done(clerk.get(f"/report-rounds/{made['id']}/scope"))
    same = {one["field"]: one["same"] for one in scope["lines"]}["revenue"]
    assert (scope["joined"], scope["stayed_count"]) == ([], 1)
    assert (same["firms"], same["growth_pct"], same["hidden"]) == (0, None, False)
    members = done(clerk.get(f"/report-rounds/{made['id']}/reports"))["items"]
    assert [one["state"] for one in members] == ["approved"]
    refused(clerk.post(f"/report-rounds/{made['id']}/remind"), 409)
    assert done(clerk.post(f"/report-rounds/{made['id']}/close"))["closed_at"]


def test_sums_of_one_firm_are_for_statisticians(
    clerk: Program, office: Unit, make_user: Callable[..., User],
    program_of: Callable[..., Program],
) -> None:  # fmt: skip
    from tests.zone.indicators.reports_world import approved, opened, owed

    user = make_user("reporter")
    one = firm(TESTS, "示例电池有限公司", user)
    form = form_of("enterprise_monthly")
    now = timezone.now()
    at = opened(TESTS, period=last_ended(form, timezone.localdate()), now=now,
                on=timezone.localdate())  # fmt: skip
    approved(owed(at, one), user, make_user("other", Role.STATISTICS, office), now=now)
    done(clerk.post(f"/report-rounds/{at.pk}/close"))
    leader = program_of(make_user("boss", Role.LEADER, office))
    (seen,) = [line["sums"][0] for line in
               done(leader.get(f"/report-rounds/{at.pk}/sums"))["lines"]
               if line["field"] == "revenue"]  # fmt: skip
    assert (seen["hidden"], seen["total"], seen["reported"]) == (True, None, 1)
    scope = done(leader.get(f"/report-rounds/{at.pk}/scope"))
    (line,) = [one for one in scope["lines"] if one["field"] == "revenue"]
    assert (scope["joined"], line["all"]["hidden"], line["all"]["now"]) == (None, True, None)
