"""Files that must be perfect: read by columns where they are plain, cell by cell where not."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.engines.tables import fast
from openzone.engines.tables.kinds import OPERATOR_LIMITS, FileKind, Limits
from openzone.engines.tables.problems import Refused, TableProblems
from openzone.engines.tables.strict import Enterprises, read_enterprises
from tests.engines.tables.builders import AS_OF, VOCABULARY, csv_text, xls, xlsx

PLAIN = (
    "id,name,industry,employees,revenue_y1,rd_ratio,hightech,registered_on,rd_level\r\n"
    "E1,示例甲公司,c3841,12,1200.5,0.035,true,2020-01-05,national\r\n"
    "E2,示例乙公司,,,,,,,\r\n"
    'E3," 示例丙公司 ",I6510,0,-3,1,否,2021-12-31,无\r\n'
)
COLUMNS = {
    "name": ["示例甲公司", "示例乙公司", "示例丙公司"],
    "industry": ["C3841", None, "I6510"],
    "employees": [12, None, 0],
    "revenue_y1": [Decimal("1200.5"), None, -3],
    "rd_ratio": [Decimal("0.035"), None, 1],
    "hightech": [True, None, False],
    "registered_on": [dt.date(2020, 1, 5), None, dt.date(2021, 12, 31)],
    "rd_level": ["national", None, "none"],
}


@pytest.fixture
def put(tmp_path: Path) -> Any:
    def write(content: str | bytes, name: str = "企业.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def read(path: Path, **options: Any) -> Enterprises:
    return read_enterprises(path, VOCABULARY, AS_OF, **options)


def is_fast(path: Path, kind: FileKind = FileKind.CSV) -> bool:
    return fast.read_columns(path, kind, VOCABULARY, OPERATOR_LIMITS) is not None


def floats(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The same columns with numbers as floats, which is how whole columns are read."""
    return {
        name: [float(each) if isinstance(each, Decimal) else each for each in column]
        for name, column in columns.items()
    }


def problems(path: Path, **options: Any) -> list[str]:
    with pytest.raises(TableProblems) as caught:
        read(path, **options)
    return [each.code for each in caught.value.problems]


def parquet(columns: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def test_a_plain_csv_is_read_by_columns(put: Any) -> None:
    path = put(PLAIN)
    assert is_fast(path)
    found = read(path)
    assert found.ids == ["E1", "E2", "E3"]
    assert found.columns == floats(COLUMNS)
    assert [type(each) for each in found.columns["hightech"]] == [bool, type(None), bool]


def test_a_plain_parquet_is_read_by_columns(put: Any) -> None:
    columns = {"id": ["E1", "E2", "E3"], **floats(COLUMNS)}
    path = put(parquet(columns), "企业.parquet")
    assert is_fast(path, FileKind.PARQUET)
    assert read(path).columns == floats(COLUMNS)


def test_parquet_types_of_other_writers_are_taken(put: Any) -> None:
    table = pa.table(
        {
            "id": pa.array(["E1", "E2"]).dictionary_encode(),
            "employees": pa.array([12, None], pa.int32()),
            "revenue_y1": pa.array([Decimal("1.5"), None]),
            "registered_on": pa.array(
                [dt.datetime.fromisoformat("2020-01-05"), None], pa.timestamp("us")
            ),
            "hightech": pa.nulls(2),
        }
    )
    target = io.BytesIO()
    pq.write_table(table, target)
    path = put(target.getvalue(), "企业.parquet")
    assert read(path).columns == {
        "employees": [12, None],
        "revenue_y1": [1.5, None],
        "registered_on": [dt.date(2020, 1, 5), None],
        "hightech": [None, None],
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_plain_csv_may_be_in_another_encoding(put: Any, encoding: str) -> None:
    assert read(put(PLAIN.encode(encoding))).columns == floats(COLUMNS)


# Each makes the file less than plain: the whole-column reader must give up, not bend a rule.
NOT_PLAIN = {
    "a thousands separator": PLAIN.replace("1200.5", '"1,200.5"'),
    "a unit in a cell": PLAIN.replace("1200.5", "0.12005万"),
    "another date format": PLAIN.replace("2020-01-05", "2020/1/5"),
    "a mark of missing": PLAIN.replace("E2,示例乙公司,,,", "E2,示例乙公司,,无,"),
    "a Chinese header": PLAIN.replace("employees", "从业人员"),
    "a total at the end": PLAIN + "合 计,,,12,1197.5,,,,\r\n",
    "a note at the end": PLAIN + "注：示例,,,,,,,,\r\n",
    "signatures at the end": PLAIN + "填表人：张三,审核人：李四,,,,,,,\r\n",
    "a repeated header": PLAIN + PLAIN.splitlines()[0] + "\r\n",
    "a blank row": PLAIN + ",,,,,,,,\r\n",
    "an identical row": PLAIN + PLAIN.splitlines()[1] + "\r\n",
    "a title above": "企业名单,,,,,,,,\r\n" + PLAIN,
    "an invisible character": PLAIN.replace("示例甲", "示例\u200b甲"),
}


@pytest.mark.parametrize("case", NOT_PLAIN)
def test_what_is_not_plain_is_read_cell_by_cell_to_the_same_values(put: Any, case: str) -> None:
    path = put(NOT_PLAIN[case])
    assert not is_fast(path)
    found = read(path)
    assert (found.ids, found.columns) == (["E1", "E2", "E3"], COLUMNS)


# Each is wrong: it must be found although the whole-column reader could have read it.
WRONG = {
    "nan": (PLAIN.replace("1200.5", "nan"), ["not_finite"]),
    "infinity": (PLAIN.replace("1200.5", "inf"), ["not_finite"]),
    "a bare ratio above one": (PLAIN.replace("0.035", "3.5"), ["ratio_unit"]),
    "an unknown choice": (PLAIN.replace("national", "市级"), ["choice_unknown"]),
    "an Excel error": (PLAIN.replace("示例甲公司", "#N/A"), ["excel_error"]),
    "a formula": (PLAIN.replace("示例甲公司", "=1+1"), ["formula"]),
    "a shortened code": (PLAIN.replace("E1", "9.1E+17"), ["digits_lost", "id_missing"]),
    "a year out of reach": (PLAIN.replace("2020-01-05", "1020-01-05"), ["date_impossible"]),
    "an absurd amount": (PLAIN.replace("1200.5", "1e30"), ["number_too_long"]),
    "an unknown column": (PLAIN.replace("employees", "emploiees"), ["column_unknown"]),
    "two rows of one id": (PLAIN.replace("E2", "E1"), ["row_conflict", "row_conflict"]),
    "a row without id": (PLAIN.replace("E2", ""), ["id_missing"]),
    "two cells too many": (PLAIN + "E4,a,b,1,1,0,是,2020-01-01,无,1,2\r\n", ["row_shifted"]),
    "no rows": (PLAIN.splitlines()[0], ["no_rows"]),
    "no header": ("a,b\r\n1,2\r\n", ["no_header"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_and_nothing_is_returned(put: Any, case: str) -> None:
    content, expected = WRONG[case]
    assert sorted(problems(put(content))) == sorted(expected)


def test_all_problems_come_together_in_order_and_in_both_languages(put: Any) -> None:
    path = put(PLAIN.replace("1200.5", "x").replace("2021-12-31", "明天").replace("0.035", "9"))
    with pytest.raises(TableProblems) as caught:
        read(path)
    found = caught.value
    assert [each.row for each in found.problems] == [2, 2, 4]
    assert "第2行 E列（revenue_y1）：“x”不是数字" in found.text.zh
    assert "row 4, column H (registered_on)" in found.text.en


def test_a_long_list_of_problems_is_cut_with_a_count() -> None:
    rows = [["id", "employees"], *[[f"E{number}", "x"] for number in range(50)]]
    with pytest.raises(TableProblems) as caught:
        read_enterprises_of(csv_text(rows))
    assert caught.value.text.en.endswith("… and 30 more")
    assert len(caught.value.problems) == 50


def read_enterprises_of(text: str) -> Enterprises:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "企业.csv"
        path.write_text(text)
        return read(path)


def test_unknown_columns_may_be_ignored_on_request(put: Any) -> None:
    path = put("id,employees,备注\r\nE1,5,x\r\n")
    assert problems(path) == ["column_unknown"]
    found = read(path, ignore_unknown=True)
    assert found.columns == {"employees": [5]}
    assert [each.code for each in found.warnings] == ["column_unknown"]


@pytest.mark.parametrize(("name", "make"), [("企业.xlsx", xlsx), ("企业.xls", xls)])
def test_workbooks_follow_the_same_rules(put: Any, name: str, make: Any) -> None:
    rows = [
        ["id", "企业名称", "2025年营业收入（万元）"],
        ["E1", "示例甲公司", "1,200"],
        ["合计", None, 1],
    ]
    found = read(put(make(rows), name))
    assert (found.ids, found.columns) == (
        ["E1"], {"name": ["示例甲公司"], "revenue_y1": [Decimal(12_000_000)]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("id,uscc\r\nE1,911\r\nE2,912\r\n", ["E1", "E2"]),
        ("uscc,employees\r\n911,1\r\n912,2\r\n", ["911", "912"]),
        ("name,employees\r\n甲,1\r\n乙,2\r\n", ["2", "3"]),
        ("企业名称,从业人员\r\n甲,1\r\n\r\n乙,2\r\n", ["2", "4"]),
    ],
)
def test_enterprises_are_named_by_id_else_code_else_row(
    put: Any, text: str, ids: list[str]
) -> None:
    assert read(put(text)).ids == ids


def test_rows_of_several_sheets_keep_distinct_numbers(put: Any) -> None:
    import openpyxl

    from tests.engines.tables.builders import saved

    book = openpyxl.Workbook()
    for title in ("一", "二"):
        sheet = book.active if title == "一" else book.create_sheet()
        sheet.title = title
        sheet.append(["企业名称", "从业人员"])
        sheet.append([f"示例{title}公司", 3])
    assert read(put(saved(book), "企业.xlsx")).ids == ["一!2", "二!2"]


def test_a_refused_file_stays_refused(put: Any) -> None:
    with pytest.raises(Refused) as caught:
        read(put(PLAIN), limits=Limits(max_bytes=10))
    assert caught.value.code == "too_large"


plain_text = st.text("甲乙丙丁示例公司ABC123", min_size=7, max_size=12)
table = st.lists(
    st.fixed_dictionaries(
        {
            "name": plain_text,
            "employees": st.none() | st.integers(0, 10**6),
            "revenue_y1": st.none() | st.floats(-1e12, 1e12).map(lambda each: round(each, 2)),
            "rd_ratio": st.none() | st.integers(0, 10_000).map(lambda each: each / 10_000),
            "hightech": st.none() | st.booleans(),
            "registered_on": st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
            "industry": st.none() | st.sampled_from(["C3841", "I6510", "c3841"]),
        }
    ),
    min_size=1,
    max_size=20,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table)
def test_both_ways_of_reading_agree(put: Any, rows: list[dict[str, Any]]) -> None:
    names = ["id", *rows[0]]
    cells = [[f"E{number}", *(row[name] for name in names[1:])] for number, row in enumerate(rows)]
    plain = put(csv_text([names, *cells]))
    whole = read(plain)
    by_cell = read(put(csv_text([["企业名单"], names, *cells]), "标题.csv"))
    assert whole.ids == by_cell.ids
    assert whole.columns == floats(by_cell.columns)


def test_the_warnings_of_a_tolerant_reading_are_handed_on(put: Any) -> None:
    found = read(put("企业名称,注册资本\r\n甲,约5\r\n"))
    assert [each.code for each in found.warnings] == ["unit_assumed", "approximate"]


@pytest.mark.parametrize("kind", [FileKind.XLSX, FileKind.XLS])
def test_only_csv_and_parquet_are_read_by_columns(put: Any, kind: FileKind) -> None:
    assert fast.read_columns(put(PLAIN), kind, VOCABULARY, OPERATOR_LIMITS) is None
