"""Products in one cell, with or without their share of revenue."""

import pytest

from openzone.engines.chains.products import products_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("正极材料:60%；负极材料:40%", (("正极材料", 0.6), ("负极材料", 0.4))),
        ("电芯（70.5%）、电池包(29.5％)", (("电芯", 0.705), ("电池包", 0.295))),
        ("正极材料、负极材料", (("正极材料、负极材料", 1.0),)),
        ("正极材料:60%；负极材料", (("正极材料:60%；负极材料", 1.0),)),
        ("", ()),
    ],
)
def test_shares_count_only_where_every_product_has_one(text, expected):
    found = products_of(text)
    assert [name for name, _ in found] == [name for name, _ in expected]
    assert [share for _, share in found] == pytest.approx([share for _, share in expected])
