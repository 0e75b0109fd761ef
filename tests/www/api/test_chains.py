"""Programs of chains: the board, a report with the keys of the command, what-if, heads, lists."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from openzone.engines.chains.answers import report_answer
from openzone.zone.audit.models import Event
from openzone.zone.chains.selectors.reading import read
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.api.conftest import Program, done, file_of, refused
from tests.zone.chains.placed import CHAIN, LONG_AGO, name_leader, put_all

pytestmark = pytest.mark.django_db
AT = f"/chains/{CHAIN}"


@pytest.fixture
def firms(centre: Unit, make_user: Callable[..., User]) -> dict[str, str]:
    """The key of each firm of the example."""
    user = make_user("placer", Role.CENTRE, centre)
    made = put_all(user)
    name_leader(user, made["示例电芯甲有限公司"])
    return {name: str(firm.pk) for name, firm in made.items()}


@pytest.fixture
def worker(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("worker", Role.HANDLER, office))


def test_the_report_has_the_keys_of_the_command_and_names_its_firms(
    handler: Program, stranger: Program, firms: dict[str, str]
) -> None:
    said = done(handler.get(f"{AT}/report"))
    names = said.pop("names")
    expected = report_answer(read(CHAIN, timezone.localdate()).told)
    assert said == json.loads(json.dumps(expected))
    assert names[firms["示例电芯甲有限公司"]] == "示例电芯甲有限公司"
    alone = next(one for one in said["gaps"]["strengthen"] if one["node"] == "precursor")
    assert alone["reason"]["zh"] == "只有一家企业：示例前驱体有限公司"
    assert done(handler.get(f"{AT}/report", known="2026-01-31"))["firms"] == 0
    refused(stranger.get(f"{AT}/report"), 403, "示例电芯甲有限公司")
    refused(handler.get("/chains/no_such_chain/report"), 404)
    refused(handler.get(f"{AT}/report", on="yesterday"), 422)


def test_the_board_counts_what_each_report_says(handler: Program, firms: dict[str, str]) -> None:
    listed = {one["id"]: one for one in done(handler.get("/chains"))}
    mine = listed[CHAIN]
    assert (mine["firms"], mine["leaders"]) == (len(firms), [firms["示例电芯甲有限公司"]])
    assert mine["gaps"]["fill"] == len(done(handler.get(f"{AT}/gaps", kind="fill")))
    assert "cathode" in mine["untouched"]
    assert listed["titanium"]["firms"] == 0


def test_a_node_says_who_is_there_and_why_it_is_a_gap(
    handler: Program, firms: dict[str, str]
) -> None:
    found = done(handler.get(f"{AT}/node", node="cell"))
    assert [one["roles"] for one in found["firms"]] == [["leader"], []]
    assert {one["since"] for one in found["firms"]} == {str(LONG_AGO)}
    gap = done(handler.get(f"{AT}/node", node="cathode"))
    assert (gap["state"], gap["firms"]) == ("fill", [])
    assert "前驱体" in gap["reason"]["zh"]
    assert "Precursors" in gap["reason"]["en"]
    refused(handler.get(f"{AT}/node", node="moon"), 404)
    hits = done(handler.get("/chains/find", q="磷酸铁锂"))
    assert (CHAIN, "cathode") in {(one["chain"], one["node"]) for one in hits}


def test_a_what_if_answers_as_the_command_does(handler: Program, firms: dict[str, str]) -> None:
    lost = firms["示例前驱体有限公司"]
    said = done(handler.get(f"{AT}/what-if", add="新厂:cathode;新厂:anode", lose=lost))
    assert said["delta"]["filled"] == ["cathode", "anode"]
    assert said["delta"]["opened"] == ["precursor"]
    refused(handler.get(f"{AT}/what-if", move="新厂:cathode:cell"), 422)
    refused(handler.get(f"{AT}/what-if", project="7:cathode"), 422)


def test_a_head_is_named_by_who_decides_and_ends(
    handler: Program, worker: Program, office: Unit
) -> None:
    today = str(timezone.localdate())
    head = {"head": "示例副市长", "unit": office.code, "on": "2026-03-02", "seen": 0}
    refused(worker.post(f"{AT}/head", head), 403)
    made = done(handler.post(f"{AT}/head", head), 201)
    assert (made["head"], made["unit"]["code"]) == ("示例副市长", office.code)
    refused(handler.post(f"{AT}/head", head), 409)
    assert done(handler.post(f"{AT}/head/end", {"on": today}))["valid_to"] == today
    refused(handler.post(f"{AT}/head/end", {"on": today}), 404)


def test_a_list_of_another_zone_is_taken_as_a_whole(worker: Program, handler: Program) -> None:
    def send(*rows: str) -> Any:
        file = file_of("邻区.csv", "\n".join(("企业名称,链条环节", *rows)).encode())
        given = {"peer": "示例邻区", "chain": CHAIN, "source": "示例年鉴", "as_of": "2026-01-01"}
        return worker.post("/chains/zones", {**given, "file": file})

    problem = refused(send("甲公司,正极材料", "乙公司,月球"), 422)
    assert "第3行" in problem["zh"]
    assert done(handler.get("/chains/zones")) == []
    made = done(send("甲公司,正极材料", "乙公司,电芯"), 201)
    assert (made["rows"], made["peer"]) == (2, "示例邻区")
    done(worker.post(f"/chains/zones/{made['id']}/withdraw"))
    assert done(handler.get("/chains/zones")) == []
    assert Event.objects.filter(action="chains.peer.withdrawn").count() == 1
