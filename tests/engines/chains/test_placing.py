"""Where a firm stands by its own words: what counts stands at the end of a phrase."""

import pytest

from openzone.engines.chains.model import Need, Relation
from openzone.engines.chains.placing import Band, Firm, Manner, Placer, shares
from tests.engines.chains.small import chain, edge, node

CHAIN = chain(
    (
        node("salt", keywords=("锂盐",)),
        node("cathode", keywords=("正极材料", "磷酸铁锂"), heads=("粉体",)),
        node("cell", keywords=("锂电池",), excludes=("管理系统",), firms=("示范动力",)),
        node("machines", keywords=("涂布机",)),
        node("recycling", keywords=("梯次利用",), industries=("4210",)),
    ),
    (
        edge("salt", "cathode"),
        edge("cathode", "cell"),
        edge("machines", "cell", Relation.EQUIP, Need.OPTIONAL),
        edge("cell", "recycling", Relation.INPUT, Need.OPTIONAL),
        edge("recycling", "salt", Relation.RETURN, Need.OPTIONAL),
    ),
)
MANNER = Manner(
    strip_tails=("产品", "的研发"),
    trade_words=("贸易",),
    equipment_tails=("装备", "生产线"),
    recycling_tails=("回收", "拆解"),
    use_words=("专用", "用"),
)
PLACER = Placer(CHAIN, MANNER)


def told(*products: str, **more: str) -> list[tuple[str, float]]:
    firm = Firm(more.get("name", ""), tuple((one, 1.0) for one in products), more.get("scope", ""))
    return [(one.node, round(one.score, 3)) for one in PLACER.place(firm).nodes]


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("锂电池", ("cell", 1.0)),
        ("锂电池产品的研发", ("cell", 1.0)),
        ("磷酸铁锂粉体", ("cathode", 1.0)),
        ("锂电池外壳", ("cell", 0.25)),
        ("锂电池装备", ("machines", 1.0)),
        ("磷酸铁锂生产线", ("cathode", 0.25)),  # nothing equips it here
        ("锂电池贸易", ("cell", 0.2)),
        ("锂电池拆解", ("recycling", 1.0)),
        ("锂电池专用铜排", ("cell", 0.1)),
        ("锂电池用磷酸铁锂", ("cathode", 1.0)),
        ("正极材料用锂盐", ("salt", 1.0)),
        ("锂电池梯次利用", ("recycling", 1.0)),
        ("(锂电池)", ("cell", 1.0)),
        ("ＬＩ 锂 电池", ("cell", 1.0)),
    ],
)
def test_a_phrase_is_read_by_its_end(phrase: str, first: tuple[str, float]) -> None:
    assert told(phrase)[0] == first


def test_what_a_product_goes_into_counts_least() -> None:
    assert told("锂电池用磷酸铁锂") == [("cathode", 1.0), ("cell", 0.1)]


@pytest.mark.parametrize("phrase", ["面包", "", "电池管理系统", "锂电池管理系统"])
def test_what_is_not_known_or_excluded_is_nothing(phrase: str) -> None:
    assert told(phrase) == []


def test_products_weigh_more_than_scope_and_scope_more_than_the_name() -> None:
    assert told("锂盐", scope="锂电池", name="磷酸铁锂公司") == [
        ("salt", 0.571), ("cell", 0.286), ("cathode", 0.036),
    ]  # fmt: skip


def test_a_brand_settles_it_and_a_code_is_asked_last() -> None:
    assert told("面包", name="湖北示范动力有限公司") == [("cell", 1.0)]
    coded = PLACER.place(Firm("", (), "", ("C4210",)))
    assert (coded.nodes[0].node, coded.band) == ("recycling", Band.REVIEW)


def test_shares_come_to_one() -> None:
    placement = PLACER.place(Firm("", (("锂盐", 0.6), ("锂电池", 0.4))))
    assert shares(placement, 0.05) == {"salt": pytest.approx(0.6), "cell": pytest.approx(0.4)}
    assert shares(placement, 0.9) == {}


@pytest.mark.parametrize(
    ("products", "band"),
    [(("锂盐",), Band.AUTO), (("锂盐", "锂电池"), Band.REVIEW), (("面包",), Band.NEW)],
)
def test_only_what_is_clear_is_taken_without_a_look(products: tuple[str, ...], band: Band) -> None:
    assert PLACER.place(Firm("", tuple((one, 1.0) for one in products))).band is band
