import pytest

from openzone.engines.identity import uscc
from openzone.engines.identity.entries import InvalidEntry, RegistryEntry

CODE = uscc.make("9", "1", "510183", "00000001")


def test_a_json_object_becomes_an_entry() -> None:
    row = {
        "id": 7,
        "name": " 紫宸 ",
        "former_names": ["甲"],
        "short_names": [],
        "uscc": CODE.lower(),
    }
    assert RegistryEntry.from_row(row, 1) == RegistryEntry("7", "紫宸", ("甲",), (), CODE)


def test_a_table_row_separates_names_by_semicolons_of_either_width() -> None:
    row = {"id": "7", "name": "紫宸", "former_names": "甲；乙; ", "short_names": None, "uscc": " "}
    assert RegistryEntry.from_row(row, 1) == RegistryEntry("7", "紫宸", ("甲", "乙"))


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        ({"name": "紫宸"}, "第3条，字段id：未填写", "entry 3, field id: is empty"),
        ({"id": "7", "name": " "}, "第3条，字段name：未填写", "field name: is empty"),
        (
            {"id": "7", "name": "紫宸", "uscc": CODE[:-1]},
            "字段uscc：统一社会信用代码应为18位",
            "field uscc",
        ),
        (
            {"id": "7", "name": "紫宸", "former_names": 5},
            "字段former_names：应为文本",
            "field former_names",
        ),
        (
            {"id": "7", "name": "紫宸", "short_names": [5]},
            "字段short_names：应为文本",
            "field short_names",
        ),
    ],
)
def test_a_bad_row_names_row_field_and_cause(row: dict[str, object], zh: str, en: str) -> None:
    with pytest.raises(InvalidEntry) as caught:
        RegistryEntry.from_row(row, 3)
    assert zh in caught.value.reason.zh
    assert en in caught.value.reason.en
