"""Forms of reports hang together, are of the dictionary, and say what they are not."""

from decimal import Decimal

import pytest
import yaml

from openzone.engines.rules.problems import PackError
from openzone.engines.tables.units import parse_unit
from openzone.packs.loading import NATIONAL
from openzone.packs.reports import load_report_forms, load_report_rules
from openzone.packs.series import load_indicators

FORMS = load_report_forms(None)
RULES = load_report_rules(None)
DEFINITIONS = {one.id: one for one in load_indicators(None).indicators}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_field_is_an_indicator_of_the_dictionary_in_a_unit_of_its_kind(name):
    for field in FORMS[name].fields:
        base = DEFINITIONS[field.indicator].unit
        assert parse_unit(field.unit).kind == parse_unit(base).kind, field.id


def test_what_was_not_read_in_a_document_says_so():
    assert {one.verified for one in FORMS.values()} == {"K"}
    assert RULES.least_verified == RULES.energy.verified == RULES.unit_verified == "K"
    assert "未读" in FORMS["torch_yearly"].source.text.zh


def test_nobody_hints_at_what_a_firm_reports():
    notice = next(one for one in RULES.notices if one.id == "honest")
    assert "明示、暗示" in notice.text.text.zh
    assert set(notice.where) == {"fill", "decide"}


def test_energy_in_standard_coal():
    """GB/T 2589: 10,000 kWh are 1.229 t, 1,000 t of raw coal 714.3 t, 10,000 m³ of gas 13.3 t."""
    kinds = {one.indicator: one.tce for one in RULES.energy.kinds}
    assert kinds["electricity"] * 10000 == Decimal("1.229")
    assert kinds["energy_coal"] * 1000 == Decimal("714.3")
    assert kinds["energy_gas"] * 10000 == Decimal("13.3")


def _own(folder, change):
    data = yaml.safe_load((NATIONAL / "reports" / "park_monthly.yaml").read_text("utf-8"))
    change(data)
    (folder / "reports").mkdir()
    (folder / "reports" / "park_monthly.yaml").write_text(
        yaml.safe_dump(data, allow_unicode=True), "utf-8"
    )
    return load_report_forms(folder)


def test_only_months_are_reported_with_the_next(tmp_path):
    with pytest.raises(PackError, match="only months are reported with the next"):
        _own(tmp_path, lambda data: data.update(frequency="quarter"))


def test_a_zone_has_its_own_form(tmp_path):
    forms = _own(tmp_path, lambda data: data["due"].update(day=5))
    assert forms["park_monthly"].due.day == 5
    assert set(forms) == set(FORMS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["fields"].append(d["fields"][0]), "twice"),
        (lambda d: d["checks"][0].update(left=["nothing"]), "no such fields"),
        (lambda d: d["fields"][0].update(unit="堆"), "is no unit"),
        (lambda d: d["due"].update(day=32), "31"),
        (lambda d: d.update(whom="park"), "whom"),
    ],
)
def test_a_form_that_does_not_hang_together_is_refused(tmp_path, change, said):
    with pytest.raises(PackError, match=said):
        _own(tmp_path, change)
