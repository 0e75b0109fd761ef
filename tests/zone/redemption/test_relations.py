"""Relations between items hold against what was received and what is open."""

import datetime as dt
import io

import openpyxl
import pytest

from openzone.zone.errors import Refused
from openzone.zone.redemption.enums import GrantBatchState, Stage
from openzone.zone.redemption.models import EarlierGrant
from openzone.zone.redemption.selectors.received import grants_of
from openzone.zone.redemption.services import applications, history, intentions
from tests.factories import TESTS
from tests.zone.redemption.people import NOW, fresh, stage

pytestmark = pytest.mark.django_db


def book(*rows: tuple[object, ...]) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["企业名称", "政策名称", "事项编号", "拨付日期", "金额（万元）"])
    for row in rows:
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def upload(people, *rows):
    return people.do(
        history.check_earlier_grants, people.centre, file_name="往年.xlsx", data=book(*rows)
    )


def test_of_two_that_exclude_each_other_the_second_is_told_before_it_is_handed_in(
    people, firm, fast, award
):
    first = people.apply(fast, firm)
    second = people.open(award, firm)
    with pytest.raises(Refused, match=f"只能选一项（{first.number}）"):
        people.submit(second)
    people.do(applications.withdraw, people.owner, application=fresh(first))
    assert people.submit(fresh(second)).stage == Stage.FORMALITY


def test_what_was_paid_this_year_excludes_the_other_one(people, firm, fast, award):
    people.pay(people.to_payment(people.apply(fast, firm)))
    with pytest.raises(Refused, match="只能选一项"):
        people.apply(award, firm, NOW + dt.timedelta(days=60))


def test_once_in_three_years_looks_back_at_earlier_payments(people, firm, instant):
    batch = upload(people, (firm.name, "认定奖励", "item-reward", "2024-05-01", 5))
    assert batch.state == GrantBatchState.CHECKED
    people.do(history.apply_earlier_grants, people.centre, batch=batch)
    application = people.open(instant, firm)
    with pytest.raises(Refused, match="三年内一次（2024-05-01"):
        people.submit(application)
    EarlierGrant.objects.update(granted_on=dt.date(2023, 12, 31))
    assert people.submit(fresh(application)).stage == Stage.ORDER


def test_a_cap_over_several_leaves_what_it_leaves(people, firm, instant, gift):
    people.apply(instant, firm)
    offered = intentions.offer(actor=TESTS, item=gift, enterprise=firm, at=NOW)
    assert offered.computed == 10_000_00
    assert offered.snapshot["capped"][0] == "奖励与补贴合计不超过6万元"
    assert people.confirm(offered).approved == 10_000_00


def test_a_list_of_earlier_payments_is_a_dry_run_first(people, firm, instant):
    batch = upload(
        people,
        (firm.name, "认定奖励", "item-reward", "2024-05-01", 5),
        ("没有这家企业", "认定奖励", "", "2024-05-01", 5),
        (firm.name, "别的", "no-such-item", "2024-05-01", 5),
        (firm.name, "别的", "", "2024年2月31日", 5),
        (firm.name, "别的", "", "2024-05-01", -1),
        (firm.name, "认定奖励", "item-reward", "2024-05-01", 5),
    )
    assert batch.state == GrantBatchState.REFUSED
    said = [" ".join((*one["place"], *one["reason"])) for one in batch.problems]
    for wanted in ("第3行", "第4行", "第5行", "第6行", "第7行"):
        assert any(wanted in one for one in said), (wanted, said)
    assert any("no enterprise “没有这家企业”" in one for one in said)
    assert not EarlierGrant.objects.exists()
    with pytest.raises(Refused, match="有错误"):
        people.do(history.apply_earlier_grants, people.centre, batch=batch)


def test_the_same_list_twice_is_taken_in_once(people, firm):
    row = (firm.name, "老政策", None, "2022-03-01", 12.5)
    for _ in range(2):
        people.do(history.apply_earlier_grants, people.centre, batch=upload(people, row))
    assert [(grant.amount, grant.rule_id) for grant in grants_of(firm, NOW.date())] == [
        (125_000_00, "")
    ]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 no table", b"\x00\x01\x02"])
def test_what_is_no_table_is_refused_whole(people, data):
    with pytest.raises(Refused):
        people.do(history.check_earlier_grants, people.centre, file_name="x.xlsx", data=data)


def test_an_approval_looks_at_the_relations_again(people, firm, fast, award):
    """Paid through another item between application and approval."""
    application = people.to_approval(people.apply(fast, firm))
    batch = upload(people, (firm.name, "专项资金", "item-award", "2026-06-10", 30))
    people.do(history.apply_earlier_grants, people.centre, batch=batch)
    with pytest.raises(Refused, match="只能选一项"):
        people.approve(application)
    assert stage(application) is Stage.APPROVAL
