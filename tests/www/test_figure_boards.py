"""Every number of a board leads to the rows it counts or to the figures it follows from."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openzone.engines.series.standing import Light
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.zone.indicators import boards_world
from tests.zone.indicators.figures_world import recorded, row

pytestmark = pytest.mark.django_db
ON = "as_of=2026-06-30"


@pytest.fixture
def desk(client: Client, make_user: Callable[..., User], office: Unit) -> Client:
    client.force_login(make_user("board-stats", Role.STATISTICS, office))
    return client


@pytest.fixture
def at(make_user: Callable[..., User], office: Unit) -> boards_world.World:
    chief = make_user("board-chief", Role.CENTRE, office)
    return boards_world.world(Actor.system("tests"), chief, timezone.localdate())


def figure(entity: Entity, name: str) -> str:
    """Return the page of the only figure of an indicator."""
    return reverse("figure_one", args=[Figure.objects.get(entity=entity, indicator=name).pk])


def test_the_count_of_a_light_opens_the_rows_it_counts(
    desk: Client, at: boards_world.World
) -> None:
    page = desk.get(f"/figures/board/?{ON}").context
    assert sum(n for _light, n, _href, _here in page["counts"]) == len(page["lines"])
    for word, n, href, _here in page["counts"]:
        opened = desk.get(href).context
        assert len(opened["lines"]) == n
        assert {one["light"].word for one in opened["lines"]} == {word.word}
    unheard = desk.get(f"/figures/board/?{ON}&light=purple").context
    assert len(unheard["lines"]) == len(page["lines"])


def test_a_board_is_taken_away_with_the_rows_it_shows(desk: Client, at: boards_world.World) -> None:
    asked = {"as_of": "2026-06-30", "light": Light.NO_TARGET.value}
    answer = desk.post("/figures/board/export/", asked)
    shown = desk.get("/figures/board/", asked).context["lines"]
    assert shown
    assert answer.status_code == 200
    event = Event.objects.get(action="registry.exported")
    assert json.loads(event.payload) == {"rows": len(shown), **asked}


def test_a_target_published_with_a_figure_leads_to_that_figure(
    desk: Client, at: boards_world.World
) -> None:
    page = desk.get(f"/figures/board/targets/?{ON}").context
    [line] = [one for one in page["lines"] if one["row"].indicator.id == "industrial_output"]
    last = Figure.objects.get(
        entity=at.zone, indicator="industrial_output", period="2026-01/2026-05"
    )
    assert line["target"].href == reverse("figure_one", args=[last.pk])


@pytest.mark.parametrize("pace", ["", "NaN", "—", "5万美元", "30家", "1e300亿元"])
def test_a_month_supposed_in_another_unit_is_refused(
    desk: Client, at: boards_world.World, pace: str
) -> None:
    asked = {"as_of": "2026-06-30", "line": f"{at.zone.pk}-funds_in_place", "pace": pace}
    answer = desk.get("/figures/board/targets/", asked)
    assert answer.status_code == 400
    assert answer.context["what"].errors["pace"]
    assert desk.get("/figures/board/targets/", asked | {"pace": "20亿元"}).context["supposed"]


def test_what_a_mu_brings_leads_to_the_two_figures_behind_it(
    desk: Client, at: boards_world.World
) -> None:
    page = desk.get(f"/figures/board/parks/?{ON}&period=2026-01/2026-05").context
    [per] = [one for one in page["per"] if one["cells"][0]["text"] == "300"]
    found = [one.href for one in per["cells"][0]["parts"]]
    assert found == [figure(at.park, "revenue"), figure(at.park, "land_area")]
    [output] = [one for one in page["rows"] if one["cells"][0]["growth"].text]
    assert output["cells"][0]["growth"].href == output["cells"][0]["cell"].href


def test_a_changed_number_leads_to_its_footnote_then_and_its_figure_now(
    desk: Client, at: boards_world.World, make_user: Callable[..., User], office: Unit
) -> None:
    chief = make_user("other-chief", Role.CENTRE, office)
    later = row(at.zone, "2026年1-5月", "78.1亿元", growth="28.5%", status="调整", target="200亿元")
    [figure_now] = recorded(Actor.system("tests"), [later], chief)
    root = reverse("figure_board_pack_compare", args=[at.pack.pk])
    page = desk.get(root).context
    [(_word, n, _here, href)] = [one for one in page["counts"] if one[0] == "变更"]
    opened = desk.get(href).context["lines"]
    assert len(opened) == n > 0
    [changed] = [one for one in opened if one["after"].text == "78.1亿元"]
    assert re.search(rf"/packs/{at.pack.pk}/#note-\d+$", changed["before"].href)
    assert changed["after"].href == reverse("figure_one", args=[figure_now.pk])
