import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.identity.names import NameSplitter, normalise
from openzone.packs import tables


@pytest.mark.parametrize(
    ("name", "place", "brand", "trade", "form", "branch"),
    [
        ("深圳市大族激光科技股份有限公司", "深圳市", "大族", "激光科技", "股份有限公司", ""),
        ("比亚迪（深圳）有限公司", "深圳", "比亚迪", "", "有限公司", ""),
        ("邛崃市融捷锂业科技有限公司", "邛崃市", "融捷", "锂业科技", "有限公司", ""),
        ("四川省邛崃紫宸科技有限责任公司", "四川省邛崃", "紫宸", "科技", "有限责任公司", ""),
        ("昆山龙腾光电股份有限公司", "昆山", "龙腾", "光电", "股份有限公司", ""),
        ("格林美(荆门)新材料有限公司", "荆门", "格林美", "新材料", "有限公司", ""),
        ("杨凌金色农业种业有限公司", "杨凌", "金色", "农业种业", "有限公司", ""),
        ("恩施州硒茶食品有限公司", "恩施州", "硒茶", "食品", "有限公司", ""),
        ("比亚迪股份有限公司南京分公司", "", "比亚迪", "", "股份有限公司", "南京分公司"),
        (
            "北京京东世纪贸易有限公司第二分公司",
            "北京",
            "京东世纪",
            "贸易",
            "有限公司",
            "第二分公司",
        ),
        ("宝鸡鑫达机械有限公司驻西安办事处", "宝鸡", "鑫达", "机械", "有限公司", "驻西安办事处"),
        ("华能石化销售昆山分公司", "", "华能石化销售", "", "", "昆山分公司"),
        ("宝鸡鑫达会计师事务所(普通合伙)", "宝鸡", "鑫达", "", "会计师事务所(普通合伙)", ""),
        (
            "苏州蓝海股权投资合伙企业（有限合伙）",
            "苏州",
            "蓝海",
            "股权投资",
            "合伙企业(有限合伙)",
            "",
        ),
        ("邹城市丰收农民专业合作社", "邹城市", "丰收", "", "农民专业合作社", ""),
        ("乐山永祥砖厂", "乐山", "永祥砖", "", "厂", ""),
    ],
)
def test_a_name_falls_into_its_parts(
    splitter: NameSplitter, name: str, place: str, brand: str, trade: str, form: str, branch: str
) -> None:
    parts = splitter.split(name)
    found = (parts.place.text, parts.brand, parts.trade, parts.form, parts.branch)
    assert found == (place, brand, trade, form, branch)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("广东省深圳市南山区创维有限公司", {"440305"}),
        ("江苏昆山龙腾光电有限公司", {"320583"}),
        ("深圳比亚迪有限公司", {"440300"}),
        ("比亚迪(深圳)有限公司", {"440300"}),
        ("吉林吉林市吉化有限公司", {"220200"}),
        ("吉林吉化有限公司", {"220000"}),
        ("鼓楼区吉化有限公司", {"320106", "320302", "350102", "410204"}),
        ("比亚迪(中国)有限公司", {"100000"}),
        ("比亚迪有限公司", set()),
    ],
)
def test_the_place_is_known_by_its_codes(
    splitter: NameSplitter, name: str, codes: set[str]
) -> None:
    assert splitter.split(name).place.codes == codes


def test_a_place_inside_another_is_read_only_where_it_lies(splitter: NameSplitter) -> None:
    parts = splitter.split("北京昆山红科技有限公司")
    assert (parts.place.text, parts.brand) == ("北京", "昆山红")


def test_a_second_place_in_brackets_is_the_site(splitter: NameSplitter) -> None:
    parts = splitter.split("深圳比亚迪(西安)有限公司")
    assert (parts.place.text, parts.site.text) == ("深圳", "西安")


@pytest.mark.parametrize("name", ["创维(集团)有限公司", "创维集团有限公司", "创维集团股份有限公司"])
def test_a_group_is_told_apart_from_its_brand(splitter: NameSplitter, name: str) -> None:
    parts = splitter.split(name)
    assert (parts.brand, parts.group) == ("创维", True)


def test_other_bracketed_words_are_kept_as_a_note(splitter: NameSplitter) -> None:
    assert splitter.split("紫宸科技(二期)有限公司").note == "二期"


@pytest.mark.parametrize("name", ["东方电气有限公司", "昆山", "昆山有限公司"])
def test_an_everyday_word_or_a_lone_place_stays_the_brand(
    splitter: NameSplitter, name: str
) -> None:
    assert not splitter.split(name).place


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("深圳　市大 族激光（集团）有限公司", "深圳市大族激光(集团)有限公司"),
        ("ＡＢＣ科技【中国】有限公司", "ABC科技(中国)有限公司"),
        ("“tcl”科技集团", "TCL科技集团"),
        ("\ufeff紫宸科技\u200b。", "紫宸科技"),
        ("⼤族激光", "大族激光"),  # Kangxi radical as PDF readers give it
    ],
)
def test_normalise(written: str, normal: str) -> None:
    assert normalise(written) == normal


def test_places_and_trades_are_the_callers() -> None:
    splitter = NameSplitter({"月球": ("990000",)}, frozenset({"采矿"}))
    parts = splitter.split("月球嫦娥采矿有限公司")
    assert (parts.place.text, parts.brand, parts.trade) == ("月球", "嫦娥", "采矿")
    assert not splitter.split("深圳嫦娥有限公司").place


alphabet = "深圳市广东省昆山大族激光科技有限责任公司股份集团()（）分厂第一ABC 中国"


@given(st.text(alphabet, max_size=25) | st.text(max_size=15))
def test_no_text_breaks_the_splitter_and_the_core_comes_from_the_name(text: str) -> None:
    parts = tables.load_name_splitter().split(text)
    assert parts.name == normalise(text)
    assert set(parts.core + parts.place.text + parts.form + parts.branch) <= set(parts.name)


@given(st.text(alphabet, max_size=25) | st.text(max_size=15))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


place_texts = st.sampled_from(sorted(tables.load_divisions().place_names()))


@given(place_texts, st.sampled_from(["鑫嘉", "紫宸", "卓越海"]), st.sampled_from(["锂业", "光电"]))
def test_every_place_is_found_at_the_head_and_in_brackets(
    place: str, brand: str, trade: str
) -> None:
    splitter = tables.load_name_splitter()
    head = splitter.split(f"{place}{brand}{trade}有限公司")
    bracketed = splitter.split(f"{brand}{trade}({place})有限公司")
    assert (head.place.text, head.core) == (place, brand + trade)
    assert (bracketed.place, bracketed.core) == (head.place, head.core)
