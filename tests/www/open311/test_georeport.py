"""Clients of Open311 report, look up and list; what people said stays theirs."""

import datetime as dt
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from openzone.www.open311 import requests
from openzone.zone.cases.models import Case
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit
from openzone.zone.people.services import create_unit
from tests.factories import TESTS

pytestmark = pytest.mark.django_db

REPORT = {
    "service_code": "public_report.cleaning",
    "description": "路面有建筑垃圾\n影响通行",
    "address_string": "示例路1号",
    "first_name": "示例",
    "last_name": "王",
    "phone": "13812345678",
}


@pytest.fixture(autouse=True)
def centre(committee: Unit) -> Unit:
    return create_unit(
        actor=TESTS, code="centre", name="企业服务中心", kind=UnitKind.CENTRE, parent=committee
    )


def post(client: Client, **changes: Any) -> Any:
    return client.post("/open311/v2/requests.json", REPORT | changes)


def listed(client: Client, **query: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get("/open311/v2/requests.json", query).json()
    return rows


def test_services_are_the_topics_of_public_types(client: Client) -> None:
    rows = client.get("/open311/v2/services.json").json()
    codes = {row["service_code"] for row in rows}
    assert "public_report.cleaning" in codes
    assert not any(code.startswith("enterprise_request") for code in codes)
    assert all(row["type"] == "realtime" for row in rows)


def test_a_definition_lists_the_questions(client: Client) -> None:
    found = client.get("/open311/v2/services/public_report.cleaning.json").json()
    asked = {one["code"]: one for one in found["attributes"]}
    assert asked["publish"]["datatype"] == "singlevaluelist"
    assert [value["key"] for value in asked["publish"]["values"]] == ["true", "false"]
    assert client.get("/open311/v2/services/nothing.json").status_code == 404


@pytest.mark.parametrize("name", ["discovery", "v2/services", "v2/requests"])
def test_xml_is_well_formed_everywhere(client: Client, name: str) -> None:
    post(client)
    response = client.get(f"/open311/{name}.xml")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert ET.fromstring(response.content.decode()).tag in {
        "discovery", "services", "service_requests",
    }  # fmt: skip


def test_a_report_is_a_case_with_a_number_and_a_receipt(client: Client) -> None:
    response = post(client)
    assert response.status_code == 200
    row = response.json()[0]
    case = Case.objects.get(number=row["service_request_id"])
    assert (case.title, case.topic, case.channel) == ("路面有建筑垃圾", "cleaning", "api")
    assert case.fields["address"] == "示例路1号"
    assert "查询码" in row["service_notice"]


def test_the_public_sees_where_it_is_and_never_who_said_what(client: Client) -> None:
    number = post(client).json()[0]["service_request_id"]
    row = client.get(f"/open311/v2/requests/{number}.json").json()[0]
    assert (row["status"], row["address"]) == ("open", "示例路1号")
    assert row["description"] == ""
    text = json.dumps(row, ensure_ascii=False)
    assert "13812345678" not in text
    assert "王" not in text


def test_words_are_public_where_the_reporter_said_so(client: Client) -> None:
    number = post(client, **{"attribute[publish]": "true"}).json()[0]["service_request_id"]
    row = client.get(f"/open311/v2/requests/{number}.json").json()[0]
    assert row["description"].startswith("路面有建筑垃圾")


def test_lists_are_narrowed_by_service_status_and_number(client: Client) -> None:
    def numbers(**query: str) -> set[str]:
        return {row["service_request_id"] for row in listed(client, **query)}

    first = post(client).json()[0]["service_request_id"]
    second = post(client, service_code="public_report.hazard").json()[0]["service_request_id"]
    assert numbers() == {first, second}
    assert numbers(service_code="public_report.hazard") == {second}
    assert numbers(service_request_id=f"{first},{second}") == {first, second}
    assert numbers(status="closed") == set()
    assert numbers(start_date="2001-01-01T00:00:00Z", end_date="2001-02-01T00:00:00Z") == set()


def test_other_cases_are_never_listed(client: Client, make_user: Any) -> None:
    from django.utils import timezone

    from openzone.zone.cases.enums import Channel, RequesterKind
    from openzone.zone.cases.services.intake import Requester, open_case

    user = make_user("somebody")
    inner = open_case(
        actor=TESTS, kind="enterprise_request", title="内部", text="", now=timezone.now(),
        channel=Channel.PORTAL, requester=Requester(RequesterKind.PERSON, user=user),
        fields={"topic": "other"},
    ).case  # fmt: skip
    assert listed(client) == []
    assert client.get(f"/open311/v2/requests/{inner.number}.json").status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"service_code": "nothing"}, 404),
        ({"service_code": ""}, 400),
        ({"address_string": ""}, 400),
        ({"lat": "here", "long": "there"}, 400),
        ({"lat": "91", "long": "0"}, 400),
        ({"lat": "31.8"}, 400),
        ({"long": "117.2"}, 400),
        ({"address_id": "no-such-place"}, 400),
        ({"attribute[colour]": "red"}, 400),
        ({"jurisdiction_id": "elsewhere.example.cn"}, 404),
        ({"api_key": "oz_wrong"}, 403),
        ({"email": "no mail"}, 400),
        ({"attribute[publish]": "perhaps"}, 400),
        ({"phone": "1" * 500}, 400),
    ],
)
def test_bad_reports_are_refused_in_the_words_of_georeport(
    client: Client, change: dict[str, str], status: int
) -> None:
    response = post(client, **change)
    assert response.status_code == status
    error = response.json()[0]
    assert error["code"] == status
    assert error["description"]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"start_date": "soon"}, 400),
        ({"status": "odd"}, 400),
        ({"status": "open,odd"}, 400),
        ({"service_code": "x"}, 404),
        ({"service_code": "public_report.cleaning,x"}, 404),
        ({"jurisdiction_id": "elsewhere.example.cn"}, 404),
        ({"service_request_id": "NOTHING"}, 200),
    ],
)
def test_bad_queries_are_refused(client: Client, query: dict[str, str], status: int) -> None:
    response = client.get("/open311/v2/requests.json", query)
    assert response.status_code == status
    if status != 200:
        assert [one.keys() for one in response.json()] == [{"code", "description"}]
        assert response.json()[0]["code"] == status


@pytest.mark.parametrize(
    ("form", "kind"), [("json", "application/json"), ("xml", "text/xml; charset=utf-8")]
)
@pytest.mark.parametrize("name", ["services/nothing", "requests/NOTHING", "tokens/NOTHING"])
def test_an_error_has_the_format_that_was_asked_for(
    client: Client, name: str, form: str, kind: str
) -> None:
    response = client.get(f"/open311/v2/{name}.{form}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, kind)
    if form == "xml":
        error = ET.fromstring(response.content.decode()).find("error")
        assert error is not None
        assert (error.findtext("code"), bool(error.findtext("description"))) == ("404", True)


def test_another_method_is_refused_with_those_that_are_known(client: Client) -> None:
    response = client.delete("/open311/v2/requests.json")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    wrong = client.post("/open311/v2/services.json")
    assert (wrong.status_code, wrong.json()[0]["code"]) == (405, 405)


def test_a_report_has_the_fields_of_georeport_and_moments_with_their_offset(client: Client) -> None:
    post(client)
    row = listed(client)[0]
    assert list(row) == [
        "service_request_id", "status", "status_notes", "service_name", "service_code",
        "description", "agency_responsible", "service_notice", "requested_datetime",
        "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long",
        "media_url",
    ]  # fmt: skip
    for name in ("requested_datetime", "updated_datetime"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", row[name])
    answered = post(client).json()[0]
    assert answered.keys() == {"service_request_id", "service_notice", "account_id"}


def test_a_parameter_is_declared_with_commas_or_several_times(client: Client) -> None:
    codes = ["public_report.cleaning", "public_report.hazard"]
    for code in codes:
        post(client, service_code=code)
    for query in ({"service_code": ",".join(codes)}, {"service_code": codes}):
        assert len(listed(client, **query)) == 2
    assert len(listed(client, status=["open", "closed"])) == 2
    assert len(listed(client, status="open,closed")) == 2


def test_numbers_override_all_other_parameters(client: Client) -> None:
    number = post(client).json()[0]["service_request_id"]
    query = {"service_request_id": number, "status": "closed", "start_date": "2001-01-01T00:00:00Z"}
    assert [row["service_request_id"] for row in listed(client, **query)] == [number]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["old", "new"]),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-12-31T00:00:00Z"}, []),
    ],
)
def test_at_most_ninety_days_are_listed_the_latest_first(
    client: Client, query: dict[str, str], found: list[str]
) -> None:
    now, rows = timezone.now(), {}
    for name, days in (("older", 95), ("old", 80), ("new", 0)):
        rows[name] = post(client).json()[0]["service_request_id"]
        Case.objects.filter(number=rows[name]).update(opened_at=now - dt.timedelta(days))
    if query:
        start = now - dt.timedelta(days=300)
        query = {"start_date": start.isoformat(), "end_date": now.isoformat()}
    numbers = [row["service_request_id"] for row in listed(client, **query)]
    assert numbers == [rows[name] for name in reversed(found)]


def test_at_most_a_thousand_are_listed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert requests.MOST == 1_000
    monkeypatch.setattr(requests, "MOST", 1)
    numbers = [post(client).json()[0]["service_request_id"] for _ in range(2)]
    assert [row["service_request_id"] for row in listed(client)] == numbers[-1:]


def test_one_network_cannot_flood_the_desk(client: Client, settings: Any) -> None:
    settings.PUBLIC_SUBMISSIONS = 2
    assert [post(client).status_code for _ in range(3)] == [200, 200, 400]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_client_walks_from_services_to_status(client: Client, form: str) -> None:
    jurisdiction = {"jurisdiction_id": "testserver"}
    for path in ("services", "services/public_report.cleaning"):
        assert client.get(f"/open311/v2/{path}.{form}", jurisdiction).status_code == 200
    place = {"lat": "31.8206", "long": "117.2272", "address_string": ""}
    made = client.post(f"/open311/v2/requests.{form}", REPORT | jurisdiction | place)
    assert made.status_code == 200
    number = Case.objects.get().number
    assert number in made.content.decode()
    for path in (f"requests/{number}", f"tokens/{number}"):
        answer = client.get(f"/open311/v2/{path}.{form}", jurisdiction)
        assert (answer.status_code, number in answer.content.decode()) == (200, True)
    query = {
        **jurisdiction,
        "status": "open",
        "start_date": "2026-01-01T00:00:00Z",
        "end_date": "2099-01-01T00:00:00Z",
    }
    assert client.get(f"/open311/v2/requests.{form}", query).status_code == 200


def test_a_token_nobody_got_is_not_found(client: Client) -> None:
    assert client.get("/open311/v2/tokens/NOTHING.json").status_code == 404
