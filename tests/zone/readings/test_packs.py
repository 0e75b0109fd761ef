"""What attributes are called beside the facts of a page."""

import pytest

from openzone.zone.readings.packs import label, lexicon


@pytest.mark.parametrize(
    ("code", "called"),
    [
        # not 亩均收入, which another rule finds under the same code
        ("revenue", "营业收入"),
        ("tax_revenue", "税收"),
        ("industrial_output_yoy", f"{label('industrial_output').zh}增速"),
    ],
)
def test_an_attribute_is_called_by_the_rule_of_its_name(code: str, called: str) -> None:
    assert label(code).zh == called


def test_no_attribute_is_called_by_its_code() -> None:
    codes = {one.code for one in lexicon().attributes.values()}
    assert {code for code in codes if label(code).zh == code} == set()
