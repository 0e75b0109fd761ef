"""Two people who change one figure at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from openzone.zone.people.models import User
from openzone.zone.registry.models import Fact
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


def form(client: Client, path: str, **given: str) -> dict[str, str]:
    """The form as the page has it now, filled in."""
    page = client.get(path).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return {"seen": seen, "known_on": "2026-11-20", "reason": "核对", **given}


@pytest.mark.parametrize("given", [{"value": "302"}, {"withdraw": "1"}])
@pytest.mark.parametrize(("name", "value"), [("employees", "301"), ("rd_staff", "31")])
def test_the_later_of_two_people_is_told_and_decides_anew(
    zone: Zone,
    admin: User,
    colleague: User,
    visit: Visit,
    name: str,
    value: str,
    given: dict[str, str],
) -> None:
    path = f"/enterprises/{zone.near.pk}/facts/{name}/"
    first, second = visit(admin), visit(colleague)
    opened = form(second, path, **given)
    assert first.post(path, form(first, path, value=value)).status_code == 302
    before = Fact.objects.count()

    late = second.post(path, opened)
    assert late.status_code == 400
    assert "刚刚被他人更改" in late.content.decode()
    assert Fact.objects.count() == before
    assert f'name="seen" value="{opened["seen"]}"' not in late.content.decode()

    assert second.post(path, form(second, path, **given)).status_code == 302
    assert Fact.objects.count() == before + 1
