"""Workbooks of placements, roles and figures: checked row by row, entered whole, undone."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import ChainRole, ChainSheet, NodeFigure, Placement
from openzone.zone.chains.selectors.placements import standing_of
from openzone.zone.chains.services.placing import place
from openzone.zone.chains.services.sheets import (
    apply_sheet,
    check_sheet,
    discard_sheet,
    marked,
    undo_sheet,
)
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from tests.zone.chains import reviewed as r

PLACES = ("企业名称", "产业链", "链条环节", "份额", "起始日期")
ROLES = ("企业名称", "产业链", "身份", "所配套链主", "文号", "文件名称", "发文单位", "起始日期")
FIGURES = (
    "产业链",
    "链条环节",
    "指标",
    "指标数值",
    "计量单位",
    "限定词",
    "期间",
    "来源",
    "发布日期",
)
CHAIN = "锂离子电池产业链"


def book(heads: tuple[str, ...], *rows: tuple[Any, ...]) -> bytes:
    made, stream = Workbook(), BytesIO()
    made.active.append(list(heads))
    for row in rows:
        made.active.append(list(row))
    made.save(stream)
    return stream.getvalue()


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user("fuhe")


@pytest.fixture
def check(actor: Actor, user: User) -> Callable[..., ChainSheet]:
    def look(kind: str, data: bytes) -> ChainSheet:
        return check_sheet(
            actor=actor, user=user, kind=kind, file_name="表.xlsx", data=data, as_of=r.TODAY,
            now=r.NOW, synthetic=True,
        )  # fmt: skip

    return look


def reasons(sheet: ChainSheet) -> list[tuple[int, str]]:
    return [(one["row"], one["reason"][0]) for one in sheet.problems]


def test_a_firm_is_entered_with_all_its_rows_or_not_at_all(check, actor):
    good, half, even = (r.firm(f"示例{name}有限公司") for name in "甲乙丙")
    sheet = check("placements", book(
        PLACES,
        (good.name, CHAIN, "电芯", "60%", "2026-03-02"),
        (good.name, "energy_storage", "系统集成", "40%", "2026-03-02"),
        (half.name, CHAIN, "电芯", "60%", "2026-03-02"),
        (even.name, CHAIN, "正极材料", None, None),
        (even.name, CHAIN, "负极材料", None, None),
        ("示例没有的企业", CHAIN, "电芯", "100%", None),
    ))  # fmt: skip
    assert [row for row, _ in reasons(sheet)] == [4, 7]
    assert "合计应为1，现为 0.6" in reasons(sheet)[0][1]
    assert "档案中没有企业“示例没有的企业”" in reasons(sheet)[1][1]
    assert not Placement.objects.exists()
    apply_sheet(actor=actor, sheet=sheet, now=r.NOW)
    found = {(row.chain, row.node): row.share for row in standing_of(good, r.MARCH)}
    assert found == {r.CELL: Decimal("0.6"), r.SYSTEM: Decimal("0.4")}
    assert [row.share for row in standing_of(even, r.TODAY)] == [r.HALF, r.HALF]
    assert standing_of(half, r.TODAY) == []


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([(CHAIN, "月球", "100%", None)], "没有环节“月球”"),
        ([("月球链", "电芯", "100%", None)], "没有产业链“月球链”"),
        ([(CHAIN, "电芯", "50%", None), (CHAIN, "电芯", "50%", None)], "与第 2 行重复"),
        ([(CHAIN, "电芯", "50%", None), (CHAIN, "隔膜", None, None)], "要么都填"),
        ([(CHAIN, "电芯", "50%", "2026-03-02"), (CHAIN, "隔膜", "50%", "2026-03-03")], "应相同"),
        ([(CHAIN, "电芯", None, None), (CHAIN, "隔膜", "很多", None)], "另一行有错误"),
    ],
)
def test_rows_that_make_no_whole_are_told_with_the_reason(check, rows, word):
    name = r.firm().name
    sheet = check("placements", book(PLACES, *((name, *row) for row in rows)))
    assert sheet.rows == []
    assert any(word in reason for _, reason in reasons(sheet))
    notes = load_workbook(BytesIO(marked(sheet)))
    cells = [cell for page in notes for row in page.iter_rows() for cell in row]
    assert any(cell.comment for cell in cells) or len(notes.sheetnames) > 1


def test_what_became_impossible_stops_the_whole_file(check, actor, user):
    first, second = r.firm("示例甲有限公司"), r.firm("示例乙有限公司")
    rows = ((one.name, CHAIN, "电芯", "100%", "2026-03-02") for one in (first, second))
    sheet = check("placements", book(PLACES, *rows))
    place(actor=actor, user=user, enterprise=second, parts={r.CELL: r.ONE}, valid_from=r.MARCH,
          now=r.NOW)  # fmt: skip
    with pytest.raises(Refused, match="第 3 行已不能录入"):
        apply_sheet(actor=actor, sheet=sheet, now=r.NOW)
    assert standing_of(first, r.TODAY) == []


def test_undoing_takes_back_what_was_not_changed_since(check, actor, user):
    first, second = r.firm("示例甲有限公司"), r.firm("示例乙有限公司")
    rows = ((one.name, CHAIN, "电芯", "100%", "2026-03-02") for one in (first, second))
    sheet = apply_sheet(actor=actor, sheet=check("placements", book(PLACES, *rows)), now=r.NOW)
    place(actor=actor, user=user, enterprise=second, parts={r.PACK: r.ONE}, valid_from=r.MAY,
          now=r.NOW)  # fmt: skip
    left = undo_sheet(actor=actor, user=user, sheet=sheet, reason="弄错文件", now=r.NOW)
    assert [one.what for one in left] == [second.name]
    assert standing_of(first, r.TODAY) == []
    assert [row.node for row in standing_of(second, r.TODAY)] == ["pack"]


def test_leaders_are_entered_before_who_supports_them(check, actor, user):
    for name in ("链主", "链辅"):
        r.firm(f"示例{name}有限公司")
    paper = ("示例〔2026〕1号", "示例名单", "示例局", "2026-03-02")
    sheet = check("roles", book(
        ROLES,
        ("示例链辅有限公司", CHAIN, "链辅", "示例链主有限公司", *paper),
        ("示例链主有限公司", CHAIN, "链主", None, *paper),
        ("示例链主有限公司", "储能产业链", "链主", None, None, "示例名单", "示例局", "2026-03-02"),
    ))  # fmt: skip
    assert [row for row, _ in reasons(sheet)] == [4]
    apply_sheet(actor=actor, sheet=sheet, now=r.NOW)
    assert ChainRole.objects.filter(withdrawn_at=None).count() == 2
    assert undo_sheet(actor=actor, user=user, sheet=sheet, reason="弄错", now=r.NOW) == []
    assert not ChainRole.objects.filter(withdrawn_at=None).exists()


def test_figures_come_with_their_words(check, actor):
    sheet = check("figures", book(
        FIGURES,
        (CHAIN, "电芯", "产量", "45", "GWh", "近", "2025", "示例年报", "2026-03-02"),
        (CHAIN, "电芯", "产量", "很多", "GWh", None, "2025", "示例年报", "2026-03-02"),
        (CHAIN, "电芯", "产量", "45", "亿元", None, "2025", "示例年报", "2026-03-02"),
    ))  # fmt: skip
    assert [(row, reason[:6]) for row, reason in reasons(sheet)] == [
        (3, "“很多”不是"), (4, "“产量”不用"),
    ]  # fmt: skip
    apply_sheet(actor=actor, sheet=sheet, now=r.NOW)
    row = NodeFigure.objects.get()
    assert (row.kind, row.value, row.unit, row.qualifier) == ("output", 45, "gwh", "nearly")


def test_a_file_is_dealt_with_once(check, actor):
    sheet = check("placements", book(PLACES, (r.firm().name, CHAIN, "电芯", "100%", None)))
    discard_sheet(actor=actor, sheet=sheet)
    for again in (discard_sheet, lambda **said: apply_sheet(**said, now=r.NOW)):
        with pytest.raises(Refused, match="已处理"):
            again(actor=actor, sheet=sheet)
