"""The roster and the assignments from a spreadsheet: good rows in, the others named."""

import datetime as dt

import pytest

from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.models import PersonInCharge
from openzone.zone.visits.enums import Duty, ImportKind
from openzone.zone.visits.models import GridMembership, Post
from openzone.zone.visits.services.imports import apply_file, check_file, discard_file
from tests.zone.visits.conftest import DAY

ROSTER = """账号,职责,单位编码,地点编码,办公电话,开始日期
li,包保领导,office,,0000-0000001,2026-01-01
wang,网格员,office,grid-1,,
wang,网格员,office,east,,
nobody,服务专员,office,,,
li,神仙,office,,,
"""
ASSIGNMENTS = """企业名称,负责人账号,职责,网格编码,开始日期
示例甲公司,li,包保领导,,2026-02-01
示例甲公司,,,grid-1,
示例乙公司,li,服务专员,,
没有这家,li,包保领导,,
示例乙公司,li,包保领导,grid-1,
"""


@pytest.fixture
def people(area, firm, make_user, office):
    for name in ("li", "wang"):
        make_user(name, Role.HANDLER, office)
    for name in "甲乙":
        firm(name)


def _check(actor, kind, text):
    return check_file(actor=actor, kind=kind, file_name="名册.csv", data=text.encode(), today=DAY)


def _said(batch):
    return " ".join(from_json(one).sentence.zh for one in batch.problems)


def test_a_roster_is_tried_first_and_its_good_rows_entered(actor, people):
    batch = _check(actor, ImportKind.ROSTER, ROSTER)
    assert not Post.objects.exists()
    assert [row["account"] for row in batch.rows] == ["li", "wang"]
    said = _said(batch)
    for part in ("请选择网格", "没有这个账号", "第6行"):
        assert part in said
    apply_file(actor=actor, batch=batch)
    sponsor, grid = Post.objects.order_by("pk")
    assert (sponsor.duty, sponsor.valid_from) == (Duty.SPONSOR, dt.date(2026, 1, 1))
    assert (grid.place.code, grid.valid_from) == ("grid-1", DAY)
    with pytest.raises(Refused, match="该文件已处理"):
        apply_file(actor=actor, batch=batch)


def test_assignments_name_a_person_or_a_grid(actor, people):
    apply_file(actor=actor, batch=_check(actor, ImportKind.ROSTER, ROSTER))
    batch = _check(actor, ImportKind.ASSIGNMENTS, ASSIGNMENTS)
    assert not PersonInCharge.objects.exists()
    assert [row["number"] for row in batch.rows] == [2, 3]
    said = _said(batch)
    for part in ("没有这项职责", "找不到这家企业", "其中一项"):
        assert part in said
    apply_file(actor=actor, batch=batch)
    charge = PersonInCharge.objects.get()
    assert (str(charge.user), charge.valid_from) == ("li", dt.date(2026, 2, 1))
    assert GridMembership.objects.get().grid.code == "grid-1"


def test_a_discarded_file_enters_nothing(actor, people):
    batch = _check(actor, ImportKind.ROSTER, ROSTER)
    discard_file(actor=actor, batch=batch)
    with pytest.raises(Refused, match="该文件已处理"):
        apply_file(actor=actor, batch=batch)
    assert not Post.objects.exists()


def test_what_is_no_spreadsheet_is_refused(actor, people):
    with pytest.raises(Refused) as refusal:
        check_file(
            actor=actor, kind=ImportKind.ROSTER, file_name="x.xlsx", data=b"MZ\x00", today=DAY
        )
    assert refusal.value.field == "file"
