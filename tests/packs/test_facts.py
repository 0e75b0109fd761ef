"""The fact names other people's files and rules rely on, and what each must say."""

import datetime as dt
from pathlib import Path

import pytest

from openzone.engines.facts.catalogue import FactType, Period, PeriodKind, Visibility
from openzone.packs.loading import national_catalogue
from openzone.packs.reference import facts_reference

CONTRACT = """
id text
uscc text
name text
industry code
registered_on date
registered_in code
in_mainland bool
employees number
revenue_y1 revenue_y2 revenue_y3 yuan
sales_y1 sales_y2 sales_y3 yuan
total_income_y1 hightech_income_y1 yuan
main_business_revenue_y1 main_business_revenue_y2 yuan
total_assets_y1 yuan
net_assets_y1 net_assets_y2 net_assets_y3 yuan
total_liabilities_y1 yuan
net_profit_y1 yuan
rd_expense_y1 rd_expense_y2 rd_expense_y3 yuan
rd_expense_domestic_3y yuan
cost_y1 yuan
science_staff number
rd_staff number
ip_class1 ip_class2 number
ip_core_owned bool
ip_class1_highvalue number
supported_field bool
innovation_score number
hightech_certificate_valid_to date
tech_sme_valid_to innovative_sme_valid_to srdi_sme_valid_to date
niche_years number
niche_share ratio
equity_raised_2y equity_raised_3y yuan
srdi_score number
major_offence_1y bool
on_abnormal_list on_dishonest_list bool
prohibited_business bool
rd_institution_level text
science_award_national_5y science_award_3y bool
led_standard_5y bool
strategic_emerging bool
construction_qualification bool
"""
NAMES = [
    (name, line.split()[-1]) for line in CONTRACT.strip().splitlines() for name in line.split()[:-1]
]
SPANS = {
    "equity_raised_2y": 2,
    "equity_raised_3y": 3,
    "rd_expense_domestic_3y": 3,
    "major_offence_1y": 1,
    "science_award_3y": 3,
    "science_award_national_5y": 5,
    "led_standard_5y": 5,
}
PERSONAL = ["legal_representative", "contact_phone", "tax_paid", "tax_evasion"]
DESCRIBES = """
address short_name former_name business_scope legal_representative contact_phone park street
products land_area tax_paid_y1 tax_paid_y2 tax_paid_y3 electricity_kwh_y1 electricity_kwh_y2
registered_capital
"""


@pytest.mark.parametrize(("name", "fact_type"), NAMES)
def test_a_contract_name_exists_with_its_type(name: str, fact_type: str) -> None:
    assert national_catalogue()[name].type is FactType(fact_type)


@pytest.mark.parametrize("name", DESCRIBES.split())
def test_the_record_can_hold_what_describes_an_enterprise(name: str) -> None:
    assert name in national_catalogue()


@pytest.mark.parametrize(("name", "years"), SPANS.items())
def test_a_span_covers_as_many_years_as_its_name_says(name: str, years: int) -> None:
    spec = national_catalogue().series_by_name[name]
    assert (spec.period, spec.span) == (PeriodKind.SPAN, years)


def test_last_year_means_the_accounting_year_before_the_day() -> None:
    period = national_catalogue()["revenue_y1"].period(dt.date(2026, 3, 31))
    assert period == Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))


@pytest.mark.parametrize("name", ["name", "uscc", "industry", "registered_on", "registered_in"])
def test_register_facts_are_public(name: str) -> None:
    assert national_catalogue().series_by_name[name].visible is Visibility.PUBLIC


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_and_tax_facts_are_sensitive(name: str) -> None:
    assert national_catalogue().series_by_name[name].visible is Visibility.SENSITIVE


def test_no_money_is_public_but_what_the_licence_states() -> None:
    public = [
        spec.name
        for spec in national_catalogue().series
        if spec.type is FactType.YUAN and spec.visible is Visibility.PUBLIC
    ]
    assert public == ["registered_capital"]


@pytest.mark.parametrize("name", ["rd_expense", "employees", "science_staff", "ip_class1"])
def test_an_enterprise_can_act_on_research_staff_and_rights(name: str) -> None:
    assert national_catalogue().series_by_name[name].changeable


@pytest.mark.parametrize("name", ["registered_on", "industry", "revenue", "major_offence_1y"])
def test_nobody_is_told_to_change_what_cannot_be_changed(name: str) -> None:
    assert not national_catalogue().series_by_name[name].changeable


def test_every_heading_leads_to_one_series() -> None:
    owners: dict[str, str] = {}
    for spec in national_catalogue().series:
        for heading in {spec.label.zh, *spec.aliases}:
            assert owners.setdefault(heading, spec.name) == spec.name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("年营业收入", "revenue"),
        ("主营业务收入", "main_business_revenue"),
        ("从业人员", "employees"),
        ("职工人数", "employees"),
        ("研发费用", "rd_expense"),
        ("资产总计", "total_assets"),
        ("统一社会信用代码", "uscc"),
        ("所有者权益", "net_assets"),
    ],
)
def test_a_heading_of_real_workbooks_is_known(heading: str, name: str) -> None:
    spec = national_catalogue().series_by_name[name]
    assert heading in {spec.label.zh, *spec.aliases}


def test_the_reference_page_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"
    assert page.read_text("utf-8") == facts_reference(national_catalogue())
