import pytest

from openzone.engines.text import Text
from openzone.zone.errors import Refused, ensure_valid
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
