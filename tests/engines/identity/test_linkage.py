import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.identity import uscc
from openzone.engines.identity.linkage import (
    CERTAIN_KINDS,
    Candidate,
    InvalidEntry,
    Registry,
    RegistryEntry,
)
from openzone.packs.tables import build_registry

CODE = uscc.make("9", "1", "510183", "00000001")
OTHER_CODE = uscc.make("9", "1", "510183", "00000002")
ENTRIES = (
    RegistryEntry(
        "dazu",
        "深圳市大族激光科技产业集团股份有限公司",
        former_names=("深圳市大族激光科技有限公司",),
        short_names=("大族激光",),
    ),
    RegistryEntry("zichen", "邛崃紫宸科技有限公司", uscc=CODE),
    RegistryEntry("rongjie", "四川融捷锂业科技有限公司"),
    RegistryEntry("byd", "比亚迪股份有限公司"),
    RegistryEntry("longteng", "昆山龙腾光电股份有限公司"),
    RegistryEntry("hengyuan-sh", "上海恒远贸易有限公司"),
    RegistryEntry("hengyuan-xa", "西安恒远贸易有限公司"),
    RegistryEntry("ziguang", "南京市鼓楼区紫光电子有限公司"),
    RegistryEntry("baixin", "宝鸡百鑫钛业有限公司"),
)


@pytest.fixture
def registry() -> Registry:
    return build_registry(ENTRIES)


def first(registry: Registry, query: str, **known: str) -> Candidate:
    return registry.link(query, **known)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "id_", "kind"),
    [
        ("邛崃紫宸科技有限公司", "zichen", "full"),
        ("　邛崃紫宸科技有限公司 ", "zichen", "full"),
        ("邛崃紫宸科技有限责任公司", "zichen", "spelling"),
        ("四川省邛崃市紫宸科技有限公司", "zichen", "spelling"),
        ("紫宸科技（邛崃）有限公司", "zichen", "spelling"),
        ("深圳市大族激光科技有限公司", "dazu", "former"),
        ("深圳大族激光科技有限公司", "dazu", "former"),
        ("昆山龙腾光电有限公司", "longteng", "converted"),
        ("邛崃紫宸科技", "zichen", "suffix_omitted"),
        ("紫宸科技有限公司", "zichen", "place_omitted"),
        ("邛崃紫辰科技有限公司", "zichen", "homophone"),
        ("宝鸡百欣钛业有限公司", "baixin", "homophone"),
        ("邛崃紫宸科技有限公司成都分公司", "zichen", "branch"),
        (CODE, "zichen", "uscc"),
        (CODE.lower(), "zichen", "uscc"),
    ],
)
def test_what_is_the_same(registry: Registry, query: str, id_: str, kind: str) -> None:
    candidate = first(registry, query)
    assert (candidate.id, candidate.kind, candidate.decision) == (id_, kind, "same")


@pytest.mark.parametrize(
    ("query", "id_", "kind"),
    [
        ("大族激光", "dazu", "short"),  # a listed short name
        ("紫宸科技", "zichen", "short"),  # brand and trade alone
        ("融捷", "rongjie", "short"),
        ("比亚迪", "byd", "short"),
        ("苏州紫宸科技有限公司", "zichen", "other_place"),
        ("上海紫宸科技有限公司", "zichen", "other_place"),
        ("四川紫宸科技有限公司", "zichen", "nested_place"),
        ("鼓楼区紫光电子有限公司", "ziguang", "place_unsure"),  # 南京, 徐州, 福州, 开封
        ("比亚迪(深圳)有限公司", "byd", "place_added"),
        ("邛崃紫宸科技集团有限公司", "zichen", "group"),
        ("邛崃紫宸科技经营部", "zichen", "other_form"),
        ("邛崃紫宸科技(二期)有限公司", "zichen", "other_note"),
        ("紫辰科技有限公司", "zichen", "homophone"),  # no place to confirm the sound
        ("邛崃紫辰科技股份有限公司", "zichen", "homophone"),  # two liberties
    ],
)
def test_what_a_person_must_see(registry: Registry, query: str, id_: str, kind: str) -> None:
    candidate = first(registry, query)
    assert (candidate.id, candidate.kind, candidate.decision) == (id_, kind, "review")


def test_the_same_brand_in_another_place_says_so_in_both_languages(registry: Registry) -> None:
    reason = first(registry, "苏州紫宸科技有限公司").reason
    assert "同字号异地" in reason.zh
    assert "never taken as the same" in reason.en


def test_a_name_without_place_is_reviewed_when_two_places_have_it(registry: Registry) -> None:
    candidates = registry.link("恒远贸易有限公司")
    assert [c.id for c in candidates[:2]] == ["hengyuan-sh", "hengyuan-xa"]
    assert {c.decision for c in candidates} <= {"review", "no"}


def test_a_name_without_place_is_reviewed_even_when_only_one_has_its_legal_form() -> None:
    registry = build_registry(
        [
            RegistryEntry("a", "上海恒远贸易有限公司"),
            RegistryEntry("b", "西安恒远贸易股份有限公司"),
        ]
    )
    assert {c.decision for c in registry.link("恒远贸易有限公司")} == {"review"}


def test_a_sound_without_any_place_to_confirm_it_is_reviewed() -> None:
    registry = build_registry([RegistryEntry("a", "紫宸科技有限公司")])
    candidate = first(registry, "紫辰科技有限公司")
    assert (candidate.kind, candidate.decision) == ("homophone", "review")


def test_a_trade_the_lexicon_lacks_still_links() -> None:
    registry = build_registry([RegistryEntry("a", "昆山紫宸绣坊有限公司")])
    for query in ("昆山紫宸绣坊", "紫宸绣坊有限公司", "昆山紫辰绣坊有限公司"):
        assert first(registry, query).decision == "same"


def test_an_unrelated_name_links_to_nothing_that_needs_a_look(registry: Registry) -> None:
    assert all(c.decision == "no" for c in registry.link("哈尔滨雪原冰灯旅游有限公司"))


@pytest.mark.parametrize("query", ["", "   ", "。", "(", OTHER_CODE])
def test_nothing_to_go_by_gives_nothing(registry: Registry, query: str) -> None:
    assert registry.link(query) == []


def test_the_code_outweighs_the_name_and_tells_of_the_new_one(registry: Registry) -> None:
    candidate = first(registry, "成都新名字科技有限公司", uscc=CODE)
    assert (candidate.id, candidate.decision) == ("zichen", "same")
    assert "可能已更名" in candidate.reason.zh


def test_a_fitting_name_with_another_code_goes_to_review(registry: Registry) -> None:
    candidate = first(registry, "邛崃紫宸科技有限公司", uscc=OTHER_CODE)
    assert (candidate.id, candidate.kind, candidate.decision) == (
        "zichen",
        "uscc_conflict",
        "review",
    )


def test_an_invalid_code_beside_a_name_is_left_aside(registry: Registry) -> None:
    assert first(registry, "邛崃紫宸科技有限公司", uscc="123").kind == "full"


def test_a_current_name_comes_before_the_same_former_name() -> None:
    registry = build_registry(
        [
            RegistryEntry("new", "宝鸡星海机械有限公司", former_names=("宝鸡旧名机械有限公司",)),
            RegistryEntry("now", "宝鸡旧名机械有限公司"),
        ]
    )
    candidates = registry.link("宝鸡旧名机械有限公司")
    assert [(c.id, c.decision) for c in candidates] == [("now", "same"), ("new", "review")]


def test_a_registered_branch_comes_before_its_parent() -> None:
    registry = build_registry(
        [
            RegistryEntry("parent", "宝鸡星海机械有限公司"),
            RegistryEntry("branch", "宝鸡星海机械有限公司西安分公司"),
        ]
    )
    asked_branch = registry.link("宝鸡星海机械有限公司西安分公司")
    assert [(c.id, c.decision) for c in asked_branch] == [("branch", "same"), ("parent", "review")]
    asked_parent = registry.link("宝鸡星海机械有限公司")
    assert [(c.id, c.decision) for c in asked_parent] == [("parent", "same"), ("branch", "review")]


def test_two_entries_of_one_name_or_code_are_both_reviewed() -> None:
    twins = [RegistryEntry(i, "宝鸡星海机械有限公司", uscc=CODE) for i in ("a", "b")]
    registry = build_registry(twins)
    for query in ("宝鸡星海机械有限公司", CODE):
        candidates = registry.link(query)
        assert [(c.id, c.decision) for c in candidates] == [("a", "review"), ("b", "review")]


def test_top_limits_the_candidates(registry: Registry) -> None:
    assert len(registry.link("科技", top=2)) <= 2
    assert len(registry.link("恒远贸易有限公司", top=1)) == 1


def test_a_brand_that_is_also_a_place_is_found_without_its_place() -> None:
    registry = build_registry([RegistryEntry("a", "玉泉区宁海电子有限公司")])
    for query in ("宁海电子有限公司", "宁海电子"):
        candidate = first(registry, query)
        assert (candidate.id, candidate.decision) == ("a", "review")


def test_certain_kinds_leave_out_sound_place_and_branch() -> None:
    assert not CERTAIN_KINDS & {"homophone", "place_omitted", "suffix_omitted", "branch"}


def test_an_empty_registry_links_nothing() -> None:
    assert build_registry([]).link("邛崃紫宸科技有限公司") == []


def test_a_candidate_is_plain_json(registry: Registry) -> None:
    candidate = first(registry, "邛崃紫宸科技有限公司").as_dict()
    assert json.loads(json.dumps(candidate)) == {
        "id": "zichen",
        "name": "邛崃紫宸科技有限公司",
        "score": 1.0,
        "kind": "full",
        "decision": "same",
        "reason": {"zh": "名称一致", "en": "the names agree"},
    }


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([RegistryEntry("a", "甲有限公司"), RegistryEntry("a", "乙有限公司")], "第2条，字段id"),
        ([RegistryEntry("a", " 。")], "第1条，字段name"),
    ],
)
def test_entries_that_cannot_be_told_apart_are_refused(
    entries: list[RegistryEntry], reason: str
) -> None:
    with pytest.raises(InvalidEntry, match=reason):
        build_registry(entries)


places = st.sampled_from(["深圳", "昆山", "西安", "宝鸡", "乐山", "肇庆"])
brands = st.text("鑫恒盛达宏远卓越捷宸", min_size=2, max_size=3)
trades = st.sampled_from(["科技", "锂业", "新材料", "精密机械", "贸易"])
forms = st.sampled_from(["有限公司", "有限责任公司", "股份有限公司"])
firms = st.tuples(places, brands, trades, forms)


@given(st.lists(firms, min_size=1, max_size=12, unique=True), places, st.data())
def test_the_same_brand_elsewhere_is_never_the_same(
    registered: list[tuple[str, str, str, str]], elsewhere: str, data: st.DataObject
) -> None:
    registry = build_registry(RegistryEntry(str(i), "".join(f)) for i, f in enumerate(registered))
    _, brand, trade, form = data.draw(st.sampled_from(registered))
    for candidate in registry.link(elsewhere + brand + trade + form):
        place = registered[int(candidate.id)][0]
        assert place == elsewhere or candidate.decision != "same"


@given(st.lists(firms, min_size=1, max_size=12, unique=True), st.data())
def test_a_bare_brand_is_never_the_same_and_at_most_one_candidate_is(
    registered: list[tuple[str, str, str, str]], data: st.DataObject
) -> None:
    registry = build_registry(RegistryEntry(str(i), "".join(f)) for i, f in enumerate(registered))
    firm = data.draw(st.sampled_from(registered))
    assert all(c.decision != "same" for c in registry.link(firm[1], top=12))
    linked = registry.link("".join(firm), top=12)
    assert sum(c.decision == "same" for c in linked) <= 1
    assert linked[0].name == "".join(firm)


@given(st.text(max_size=20))
def test_any_text_can_be_linked_and_ranks_run_downwards(text: str) -> None:
    scores = [candidate.score for candidate in _REGISTRY.link(text, top=10)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


_REGISTRY = build_registry(ENTRIES)
