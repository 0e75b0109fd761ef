"""Files of placements, companies and flows → values, or every problem and nothing read.

csv, xlsx and xls tables with Chinese or English headers, json and jsonl. Placements may also be
one JSON object of lists: ``{"firm": ["node", …]}`` or ``{"node": ["firm", …]}``.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from openzone.engines.chains.complexity import Floats
from openzone.engines.chains.model import Chain
from openzone.engines.chains.placing import Firm
from openzone.engines.chains.products import products_of
from openzone.engines.chains.standing import At
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.listing import Reshape, read_list
from openzone.engines.tables.objects import errors, told
from openzone.engines.tables.problems import Problem, TableProblems
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text

MISSING = Text("缺少“{column}”", "“{column}” is missing")
NO_ROWS = Text("文件里没有数据", "the file holds no rows")
NO_NODE = Text(
    "“{node}”不是产业链“{chain}”的节点编号或名称",
    "“{node}” is neither the id nor the name of a node of chain “{chain}”",
)
NO_TEXT = Text(
    "缺少产品、经营范围、行业代码和名称，无从判断",
    "there are no products, no scope, no industry code and no name to go by",
)
TWICE = Text("{place}的{product}已在第{row}行给出", "{product} of {place} was given in row {row}")
NOT_A_FLOW = Text("流量应为不小于0的数", "a flow must be a number of at least 0")
NOT_A_SHARE = Text("占比“{share}”应在0与100%之间", "the share “{share}” must be 0 to 100 %")


def _field(name: str, kind: str, zh: str, en: str, aliases: str = "", **more: Any) -> Field:
    return Field(name, kind, None, zh, en, tuple(aliases.split()), **more)


PLACEMENTS = Vocabulary(
    (
        _field(
            "firm", "text", "企业", "firm", "企业名称 公司 公司名称 名称 enterprise company name"
        ),
        _field(
            "node", "text", "节点", "node", "环节 节点编号 节点名称 产业链节点 node_id 产业环节"
        ),
        _field("share", "ratio", "占比", "share", "份额 主营占比 业务占比"),
        _field("output", "number", "产出", "output", "产值 产量 产能 capacity value"),
        _field("role", "text", "角色", "role", "链主 类型"),
        _field("note", "text", "备注", "note", "说明 证据 evidence 来源 source"),
    )
)
COMPANIES = Vocabulary(
    (
        _field("id", "text", "编号", "id", "企业编号 信用代码 统一社会信用代码 uscc code"),
        _field(
            "name", "text", "企业名称", "name", "名称 企业 公司 公司名称 firm company enterprise"
        ),
        _field(
            "products",
            "text",
            "主营产品",
            "products",
            "产品 主要产品 产品名称 主营业务 product main_products",
        ),
        _field("scope", "text", "经营范围", "scope", "营业范围 business_scope"),
        _field(
            "industry", "text", "行业代码", "industry", "行业 国民经济行业 gbt4754 industry_code"
        ),
    )
)
FLOWS = Vocabulary(
    (
        _field(
            "place",
            "text",
            "地区",
            "place",
            "城市 省份 国家 园区 location region country city zone",
        ),
        _field("product", "text", "产品", "product", "行业 产业 节点 industry node commodity"),
        _field(
            "value",
            "number",
            "数值",
            "value",
            "金额 产值 出口额 流量 amount flow export",
            below_zero=True,
        ),
    )
)


def read_placements(path: Path, chain: Chain, as_of: dt.date) -> tuple[list[At], list[Problem]]:
    """Read who stands where, with what nobody needs to mend; a node goes by its id or its name.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, problems = _listed(path, PLACEMENTS, as_of, lambda found: _unfolded(found, chain))
    placements = []
    for row in rows:
        firm, given = row.text("firm"), row.text("node")
        node = chain.called.get(given, "")
        if not firm or not given:
            problems.append(_absent(row, PLACEMENTS, "node" if firm else "firm"))
        elif not node:
            reason = NO_NODE.format(node=given, chain=chain.id)
            problems.append(told(reason, sheet=row.sheet, row=row.number, column="node"))
        else:
            placements.append(At(firm, node, _number(row, "share"), _number(row, "output")))
    _ensure(problems)
    return placements, problems


def _unfolded(found: Any, chain: Chain) -> Any:
    """Turn an object of lists into a list of objects."""
    if isinstance(found, dict) and isinstance(found.get("placements"), list | dict):
        found = found["placements"]
    if not isinstance(found, dict) or not all(isinstance(one, list) for one in found.values()):
        return found
    turned = bool(found) and all(key in chain.nodes for key in found)
    return [
        {"firm": other, "node": key} if turned else {"firm": key, "node": other}
        for key, others in found.items()
        for other in others
    ]


def read_companies(path: Path, as_of: dt.date) -> tuple[list[Firm], list[Problem]]:
    """Read companies, with what nobody needs to mend.

    Products come as a list, or as text parted by 、，； with ``名称:60%`` shares.
    """
    shares: dict[int, Sequence[tuple[str, float]]] = {}
    rows, problems = _listed(path, COMPANIES, as_of, lambda found: _products(found, shares))
    firms = []
    for row in rows:
        text = row.text("products")
        firm = Firm(
            row.text("name"),
            tuple(shares.get(row.number, ()) or products_of(text)),
            row.text("scope"),
            tuple(filter(None, [row.text("industry")])),
            row.text("id") or row.text("name") or str(row.number),
        )
        if not any((firm.name, firm.products, firm.scope, firm.industries)):
            problems.append(told(NO_TEXT, sheet=row.sheet, row=row.number))
        problems += [
            told(
                NOT_A_SHARE.format(share=share), sheet=row.sheet, row=row.number, column="products"
            )
            for _, share in firm.products
            if not 0 <= share <= 1
        ]
        firms.append(firm)
    _ensure(problems)
    return firms, problems


def _products(found: Any, shares: dict[int, Sequence[tuple[str, float]]]) -> Any:
    """Take lists of products out of the objects, by the number of their row."""
    if not isinstance(found, list):
        return found
    kept = []
    for number, one in enumerate(found, 1):
        products = one.get("products") if isinstance(one, dict) else None
        if isinstance(products, list):
            shares[number] = [_product(each) for each in products]
            one = {key: value for key, value in one.items() if key != "products"}  # noqa: PLW2901
        kept.append(one)
    return kept


def _product(given: Any) -> tuple[str, float]:
    """Read one product of a list: text, or an object with its share of revenue."""
    if not isinstance(given, Mapping):
        return str(given), 1.0
    name = given.get("name") or given.get("product") or ""
    share = next((given[key] for key in ("share", "revenue_share", "weight") if key in given), 1)
    return str(name), float(share) if isinstance(share, int | float) else -1.0


def read_flows(
    path: Path, as_of: dt.date
) -> tuple[tuple[list[str], list[str], Floats], list[Problem]]:
    """Read what places make, one flow a row → places, products and ``[place, product]``.

    A pair that is not given is no flow, as tables of trade are written. Beside them stands what
    nobody needs to mend.
    """
    rows, problems = _listed(path, FLOWS, as_of)
    return matrix(flows_of(rows, problems)), problems


def flows_of(rows: Sequence[Row], problems: Sequence[Problem]) -> dict[tuple[str, str], float]:
    """Return what each place makes of each product, from rows read by ``FLOWS``.

    Raises `TableProblems` with these problems and those of the rows.
    """
    found = list(problems)
    first: dict[tuple[str, str], int] = {}
    flows: dict[tuple[str, str], float] = {}
    for row in rows:
        key = row.text("place"), row.text("product")
        value = _number(row, "value")
        missing = next((n for n in ("place", "product", "value") if n not in row.values), "")
        if missing:
            found.append(_absent(row, FLOWS, missing))
        elif value is None or not 0 <= value < inf:
            found.append(told(NOT_A_FLOW, sheet=row.sheet, row=row.number, column="value"))
        elif key in first:
            reason = TWICE.format(place=key[0], product=key[1], row=first[key])
            found.append(told(reason, sheet=row.sheet, row=row.number))
        else:
            first[key] = row.number
            flows[key] = value
    _ensure(found)
    return flows


def matrix(flows: Mapping[tuple[str, str], float]) -> tuple[list[str], list[str], Floats]:
    """Return places and products in the order they are named in, and ``[place, product]``."""
    places = list(dict.fromkeys(place for place, _ in flows))
    products = list(dict.fromkeys(product for _, product in flows))
    row = {place: number for number, place in enumerate(places)}
    column = {product: number for number, product in enumerate(products)}
    found = np.zeros((len(places), len(products)))
    for (place, product), value in flows.items():
        found[row[place], column[product]] = value
    return places, products, found


def _listed(
    path: Path, vocabulary: Vocabulary, as_of: dt.date, reshape: Reshape | None = None
) -> tuple[Sequence[Row], list[Problem]]:
    rows, problems = read_list(path, vocabulary, as_of, reshape)
    return rows, [*problems, *_none(rows)]


def _none(rows: Sequence[Row]) -> list[Problem]:
    return [] if rows else [told(NO_ROWS)]


def _ensure(problems: Sequence[Problem]) -> None:
    if wrong := errors(problems):
        raise TableProblems(wrong)


def _absent(row: Row, vocabulary: Vocabulary, name: str) -> Problem:
    label = vocabulary[name].label
    reason = Text(MISSING.zh.format(column=label.zh), MISSING.en.format(column=label.en))
    return told(reason, sheet=row.sheet, row=row.number, column=name)


def _number(row: Row, name: str) -> float | None:
    value = row.decimal(name)
    return None if value is None else float(value)
