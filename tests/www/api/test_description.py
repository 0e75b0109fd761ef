"""The description is complete: programmers get summaries, errors and examples for everything."""

from collections.abc import Iterator
from typing import Any

import pytest

from openzone.www.api.site import api
from openzone.zone.people.enums import KeyArea

pytestmark = pytest.mark.django_db
METHODS = {"get", "post"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_it_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    assert {"title", "version", "description"} <= described["info"].keys()
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    assert all(methods.keys() <= METHODS for methods in described["paths"].values())


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    known = described["components"]["schemas"]

    def references(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            for name, value in part.items():
                if name == "$ref":
                    yield value
                else:
                    yield from references(value)
        elif isinstance(part, list):
            for one in part:
                yield from references(one)

    for reference in set(references(described)):
        assert reference.startswith("#/components/schemas/")
        assert reference.rsplit("/", 1)[1] in known


def test_operations_have_a_name_of_their_own(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(described)]
    assert len(names) == len(set(names))


def test_every_operation_says_what_it_does_in_both_languages(described: dict[str, Any]) -> None:
    areas = {*KeyArea.values, "public"}
    for name, operation in operations(described):
        assert " / " in operation["summary"], name
        assert operation["description"].strip(), name
        assert set(operation["tags"]) <= areas, name


def test_every_operation_lists_its_errors(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        statuses = {str(status) for status in operation["responses"]}
        needed = {"404", "422", "429"}
        needed |= {"400", "409", "413"} if name.startswith("post") else set()
        needed |= set() if operation["tags"] == ["public"] else {"401", "403"}
        assert needed <= statuses, name


def test_every_body_answer_and_parameter_has_an_example(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        for parameter in operation["parameters"]:
            assert "example" in parameter, (name, parameter["name"])
        for media in operation.get("requestBody", {}).get("content", {}).values():
            assert "example" in media, name
        for status, answer in operation["responses"].items():
            for media in answer.get("content", {}).values():
                if media["schema"].get("type") != "string":
                    assert "example" in media, (name, status)


def test_path_parameters_are_described(described: dict[str, Any]) -> None:
    import re

    for name, operation in operations(described):
        said = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert said == set(re.findall(r"{(\w+)}", name)), name


def test_every_address_leads_to_its_own_operations(described: dict[str, Any]) -> None:
    """Of two routers with one address only the first would answer."""
    import re

    from django.urls import resolve

    for path, methods in described["paths"].items():
        view = resolve(re.sub(r"{\w+}", "7", path)).func
        held: Any = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
        known = {
            method.lower()
            for one in held
            for operation in getattr(one, "operations", ())
            for method in operation.methods
        }
        assert methods.keys() <= known, path
