"""The opinion on paper says that it is no permit; the graph is drawn as the table says it."""

import io

import pytest
from django.utils import timezone, translation
from docx import Document

from openzone.engines.projects.permits import PermitState
from openzone.www.approvals_paper import opinion_paper
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.approvals.drawing import graph, state_of
from openzone.zone.approvals.models import Step, Track
from openzone.zone.approvals.selectors.standing import board
from openzone.zone.cases.models import Case
from tests.www.addresses import approvals

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(zone):
    return approvals.numbers(zone)


def test_an_opinion_on_paper_is_marked_as_no_permit(made):
    with translation.override("zh-hans"):
        paper = opinion_paper(Step.objects.get(pk=made["perm_step"]))
    assert "非行政许可" in paper.notes[0]
    text = "\n".join(one.text for one in Document(io.BytesIO(word(paper))).paragraphs)
    assert "不是行政许可，不能据以开工" in text
    assert "示例：同意预审" in text
    assert pdf(paper).startswith(b"%PDF")


def test_the_graph_has_a_box_for_every_item_and_a_line_for_every_order(made):
    known = board(Track.objects.get(pk=made["perm_track"]), timezone.now())
    drawn = graph(known)
    assert len(drawn.boxes) == len(known.lines)
    assert len(drawn.edges) == sum(len(one.item.after) for one in known.lines)
    places = {one.line.item.code: one for one in drawn.boxes}
    for box in drawn.boxes:
        assert all(places[before].x < box.x for before in box.line.item.after)
        assert 0 < box.x + drawn.wide < drawn.width
        assert 0 < box.y + drawn.high < drawn.height
    assert len({(one.x, one.y) for one in drawn.boxes}) == len(drawn.boxes)
    kinds = {one.line.item.code: one.kind for one in drawn.boxes}
    assert (kinds["drawings"], kinds["filing"], kinds["build"]) == ("blue", "hand", "open")


def test_a_request_nobody_took_on_has_no_graph(made):
    known = board(Track.objects.get(pk=made["perm_asked"]), timezone.now())
    assert graph(known) is None


def test_every_state_has_a_word_of_its_own(made):
    known = board(Track.objects.get(pk=made["perm_track"]), timezone.now())
    words = {state_of(one)[1] for one in known.lines}
    assert words >= {"blue", "hand", "open", "waiting"}
    assert {one.state for one in known.lines} >= {PermitState.BLUE, PermitState.WAITING}


def test_what_is_late_is_raised_once_as_an_obstacle_of_the_project(made, zone, visit):
    client, page = visit(zone.clerk), f"/approvals/items/{made['perm_item']}/obstacle/"
    given = {"title": "企业投资项目备案超时", "text": "影响开工", "severity": "2"}
    for _twice in range(2):
        assert client.post(page, given).status_code == 302
    case = Case.objects.get(title="企业投资项目备案超时")
    assert (case.topic, case.origin) == ("approval", f"project:{made['perm_project']}")


def test_the_desk_leads_to_what_waits(made, zone, visit):
    text = visit(zone.clerk).get("/desk/").content.decode()
    assert f"/approvals/items/{made['perm_item']}/" in text
