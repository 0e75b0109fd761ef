import datetime as dt

import pytest

from openzone.engines.text import Text
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.indicators.models import Entity
from openzone.zone.people.models import Unit

pytestmark = pytest.mark.django_db


def test_a_refusal_reads_as_its_reason():
    refused = Refused(Text("不行", "no"), field="code")
    assert (str(refused), refused.field) == ("不行 / no", "code")


def test_a_valid_thing_passes():
    ensure_valid(Unit(code="desk", name="示例窗口", kind="other"))


def test_the_first_field_at_fault_is_named_in_both_languages():
    with pytest.raises(Refused) as refused:
        ensure_valid(Unit(code="not a slug!", name="示例窗口", kind="other"))
    assert refused.value.field == "code"
    assert refused.value.reason.zh != refused.value.reason.en
    assert "Enter a valid" in refused.value.reason.en
    assert "输入" in refused.value.reason.zh


def test_where_a_condition_of_the_table_is_broken_its_fields_are_named():
    backwards = {"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)}
    with pytest.raises(Refused) as refused:
        ensure_valid(Entity(kind="zone", name="示例区", **backwards))
    assert str(refused.value) == (
        "“自”、“至”不合要求或互相矛盾 / “From”, “To”: not as required, or at odds"
    )
