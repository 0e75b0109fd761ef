"""An investor is on record once; who looks alike is shown before anything is written."""

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.promotion.models import Investor
from openzone.zone.promotion.selectors.alike import alike_investors, keys_of, leads_of
from openzone.zone.promotion.services.investors import change_investor, record_investor
from openzone.zone.promotion.services.merging import merge_investors, undo_investor_merge
from openzone.zone.registry.services.enterprises import create_enterprise
from tests.zone.promotion.conftest import CODE, NOW, OTHER_CODE


def test_the_same_code_is_refused_with_who_has_it(stage, lead, actor):
    with pytest.raises(Refused) as refused:
        record_investor(actor=actor, name="恒川", uscc=CODE.lower(), now=NOW, sure=True)
    assert refused.value.field == "uscc"
    said = refused.value.reason
    assert "江苏恒川电子有限公司" in said.zh
    assert "示例投资促进局，guwen" in said.zh
    assert "on record as" in said.en
    assert Investor.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "group", "why"),
    [
        ("江苏恒川电子有限公司", "", "name"),
        ("宁波恒川电子股份有限公司", "", "brand"),
        ("宁波明达材料有限公司", "恒川集团", "group"),
    ],
)
def test_who_looks_alike_is_named_until_somebody_is_sure(stage, actor, name, group, why):
    with pytest.raises(Refused) as refused:
        record_investor(actor=actor, name=name, group=group, now=NOW)
    assert "江苏恒川电子有限公司" in refused.value.reason.zh
    found = alike_investors(keys_of(name, group))
    assert [one.likeness.why[0] for one in found] == [why]
    made = record_investor(actor=actor, name=name, group=group, now=NOW, sure=True)
    assert Event.objects.filter(action="promotion.investor.recorded").count() == 2
    assert made.alike == keys_of(name).name


def test_a_code_that_is_none_is_refused(stage, actor):
    with pytest.raises(Refused) as refused:
        record_investor(actor=actor, name="别家有限公司", uscc="91320500MA1ABCDE00", now=NOW)
    assert refused.value.field == "uscc"


def test_an_enterprise_of_the_record_brings_its_code(stage, actor):
    firm = create_enterprise(actor=actor, name="示例机械有限公司", uscc=OTHER_CODE)
    made = record_investor(actor=actor, name="示例机械有限公司", enterprise=firm, now=NOW)
    assert made.uscc == OTHER_CODE


def test_a_code_found_out_later_is_checked_too(stage, actor):
    made = record_investor(actor=actor, name="别家有限公司", now=NOW)
    with pytest.raises(Refused, match="江苏恒川电子有限公司"):
        change_investor(actor=actor, investor=made, uscc=CODE)
    changed = change_investor(actor=actor, investor=made, uscc=OTHER_CODE, name="新名有限公司")
    assert (changed.uscc, changed.alike) == (OTHER_CODE, "新名有限公司")


def test_merged_investors_are_read_as_one_and_apart_again(stage, lead, make_lead, actor):
    twin = record_investor(actor=actor, name="恒川电子", now=NOW, sure=True, synthetic=True)
    third = record_investor(actor=actor, name="恒川科技", now=NOW, sure=True, synthetic=True)
    other = make_lead(investor=twin, title="示例二期", sure=True)
    lower = merge_investors(actor=actor, survivor=twin, absorbed=third, reason="同一家", now=NOW)
    merge = merge_investors(
        actor=actor, survivor=stage.firm, absorbed=twin, reason="同一家", now=NOW
    )
    assert set(leads_of(stage.firm)) == {lead, other}
    third.refresh_from_db()
    assert third.root_id == stage.firm.pk, "all three are read as the firm"
    [found] = alike_investors(keys_of("恒川科技"))
    assert found.investor == stage.firm, "who was merged is found as the firm"
    assert set(found.leads) == {lead, other}
    with pytest.raises(Refused, match="已并入"):
        make_lead(investor=Investor.objects.get(pk=twin.pk))
    undo_investor_merge(actor=actor, merge=merge, reason="弄错", now=NOW)
    assert set(leads_of(Investor.objects.get(pk=stage.firm.pk))) == {lead}
    third.refresh_from_db()
    assert third.root_id == twin.pk
    with pytest.raises(Refused, match="已经撤销"):
        undo_investor_merge(actor=actor, merge=merge, reason="弄错", now=NOW)
    undo_investor_merge(actor=actor, merge=lower, reason="弄错", now=NOW)
    assert set(Investor.objects.values_list("root", flat=True)) == {None}


def test_two_codes_are_two_investors(stage, actor):
    other = record_investor(
        actor=actor, name="别家有限公司", uscc=OTHER_CODE, now=NOW, synthetic=True
    )
    with pytest.raises(Refused, match="信用代码不同"):
        merge_investors(actor=actor, survivor=stage.firm, absorbed=other, reason="像", now=NOW)


def test_an_example_is_not_merged_with_a_real_one(stage, actor):
    real = record_investor(actor=actor, name="别家有限公司", now=NOW)
    with pytest.raises(Refused, match="示例"):
        merge_investors(actor=actor, survivor=real, absorbed=stage.firm, reason="像", now=NOW)
