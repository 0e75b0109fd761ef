"""The calculator: a visitor's answers lead to policies, and nothing is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from openzone.zone.audit.models import Event
from tests.factories import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> str:
    make_item(rule_id="cn.above_scale", title="升规奖励示例")
    return reverse("calculator")


def answer(page: str, **answers: str) -> str:
    response = Client().post(page, answers)
    assert response.status_code == 200
    return response.content.decode()


def test_amounts_and_industries_are_read_as_people_write_them(page: str) -> None:
    said = answer(page, industry="锂离子电池制造", main_business_revenue_y1="5000万")
    assert 'id="entitled"' in said
    assert "可以享受" in said


def test_a_fact_nobody_asked_for_first_is_asked_where_it_settles_something(page: str) -> None:
    assert 'name="main_business_revenue_y1"' in answer(page, industry="C3841")


def test_an_empty_answer_is_unknown_and_never_no(page: str) -> None:
    assert "尚不能判断" in answer(page, industry="")


@pytest.mark.parametrize(
    ("name", "written"), [("revenue_y1", "很多"), ("registered_on", "去年"), ("industry", "行业")]
)
def test_what_cannot_be_read_is_said_at_its_field(page: str, name: str, written: str) -> None:
    response = Client().post(page, {name: written})
    assert response.status_code == 400
    assert response.context["form"].errors[name]


def test_nothing_is_kept(page: str) -> None:
    before = Event.objects.count()
    answer(page, industry="C3841", employees="120")
    assert Event.objects.count() == before
