"""The spreadsheet of the library: its two sheets, their columns, and what a cell means."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from openzone.engines.tables.columns import Choice, Field
from openzone.engines.text import Text
from openzone.zone.errors import Refused
from openzone.zone.ledger.models import Account
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import DeliveryMode, ItemKind, Level
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.services.documents import Issuer
from openzone.zone.policies.services.items import Paper

DOCUMENTS, ITEMS = "文件", "事项"


def _choices(words: Mapping[str, tuple[str, ...]]) -> tuple[Choice, ...]:
    return tuple(Choice(value, (value, *labels)) for value, labels in words.items())


_LEVELS = {
    Level.NATIONAL.value: ("国家级", "国家", "National"),
    Level.PROVINCE.value: ("省级", "省", "Province"),
    Level.CITY.value: ("市级", "市", "City"),
    Level.DISTRICT.value: ("区县级", "区", "县", "区级", "县级", "District"),
    Level.ZONE.value: ("园区级", "园区", "区内", "Zone"),
}
_KINDS = {
    ItemKind.REDUCE.value: ("减免", "减免类", "Reduction"),
    ItemKind.SUBSIDISE.value: ("奖补", "奖补类", "Subsidy"),
    ItemKind.ENTITLE.value: ("权益", "权益类", "Right"),
    ItemKind.QUALIFY.value: ("资质", "资质类", "Recognition"),
}
_MODES = {
    DeliveryMode.NO_APPLICATION.value: ("免申即享", "No application"),
    DeliveryMode.INSTANT.value: ("即申即享", "Instant on application"),
    DeliveryMode.FAST.value: ("快申快享", "限时即享", "Fast track"),
    DeliveryMode.EXPERT.value: ("专项申报", "Expert review"),
}


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


def _day(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(name, "date", None, zh, en, aliases)


DOCUMENT_COLUMNS = (
    _text("code", "编号", "Code", "文件编号", required=True),
    _text("title", "标题", "Title", "文件名称", "政策名称", required=True),
    _text("title_en", "英文标题", "English title"),
    _text("number", "文号", "Document number", "发文字号"),
    Field("level", "text", None, "级别", "Level", choices=_choices(_LEVELS), required=True),
    _text("category", "类别", "Category"),
    _text("issuers", "发文单位", "Issuers", "制定单位"),
    _day("adopted_on", "审议通过日期", "Adopted on"),
    _day("issued_on", "印发日期", "Issued on", "发文日期", "成文日期"),
    _day("effective_from", "施行日期", "In force from", "生效日期"),
    _day("effective_to", "有效期至", "In force until", "失效日期"),
    _text("supersedes", "替代文件编号", "Replaces"),
    _text("url", "网址", "Address", "链接"),
    Field("publish", "bool", None, "发布", "Publish", ("是否发布",)),
)
ITEM_COLUMNS = (
    _text("code", "事项编号", "Code", "编号", required=True),
    _text("document", "文件编号", "Document", "所属文件编号", required=True),
    _text("title", "事项名称", "Title", "标题", required=True),
    _text("title_en", "英文名称", "English title"),
    _text("clause", "条款", "Clause"),
    Field("kind", "text", None, "类型", "Kind", choices=_choices(_KINDS), required=True),
    Field("mode", "text", None, "兑现方式", "Delivery", choices=_choices(_MODES), required=True),
    _text("rule_id", "规则编号", "Rule"),
    _text("owner", "责任单位", "Responsible unit"),
    _text("region", "地区代码", "Region"),
    _day("window_from", "受理开始", "Applications from"),
    _day("window_to", "受理截止", "Applications until"),
    _text("budget", "预算账户", "Budget"),
    _text("materials", "申请材料", "Papers", "材料"),
    Field("publish", "bool", None, "发布", "Publish", ("是否发布",)),
)
COLUMNS = {DOCUMENTS: DOCUMENT_COLUMNS, ITEMS: ITEM_COLUMNS}

LABELS: Mapping[str, Text] = {
    field.name: field.label for columns in COLUMNS.values() for field in columns
} | {"code": Text("编号", "Code"), "title": Text("标题", "Title")}


class Cell(NamedTuple):
    """A cell: as text, to compare with what is kept, and as the value a service takes."""

    text: str
    value: Any


def read_cell(name: str, given: Any) -> Cell:
    """Return what a cell means, or refuse it with the reason and its field."""
    if name in _READERS:
        text = str(given).strip()
        value = _READERS[name](text)
        return Cell(_WRITERS[name](value), value)
    text = str(given).strip()
    return Cell(text, given if name.endswith(("_on", "_from", "_to")) else text)


def kept_text(record: Document | Item, name: str) -> str:
    """Return what is kept in a field, written the way ``read_cell`` writes it."""
    if name == "issuers" and isinstance(record, Document):
        rows = record.issuers.select_related("unit")
        return issuers_text([Issuer(one.name, one.unit, one.leads) for one in rows])
    if name == "materials" and isinstance(record, Item):
        rows_ = record.materials.all()
        return papers_text([Paper(one.name, one.required, one.series, one.note) for one in rows_])
    value = getattr(record, name)
    if value is None:
        return ""
    return str(value.code) if hasattr(value, "code") else str(value)


def read_issuers(text: str) -> list[Issuer]:
    """Read the names of issuers, apart by 、 or line; the first one leads.

    A name that is a unit's of this zone (or its code) is tied to that unit.
    """
    for mark in "、；;，\n":
        text = text.replace(mark, "\n")
    names = [name for line in text.split("\n") if (name := line.strip())]
    units = {unit.name: unit for unit in Unit.objects.order_by("-pk")}
    codes = {unit.code: unit for unit in units.values()}
    found = [units.get(name) or codes.get(name) for name in names]
    return [
        Issuer(unit.name if unit else name, unit, leads=position == 0)
        for position, (name, unit) in enumerate(zip(names, found, strict=True))
    ]


def issuers_text(issuers: list[Issuer]) -> str:
    """Write issuers, the one that leads first."""
    ordered = sorted(issuers, key=lambda one: not one.leads)
    return "、".join(one.name for one in ordered)


def read_papers(text: str) -> list[Paper]:
    """Read papers, apart by line or ；: ``name | fact | note``; ``?`` ends optional ones."""
    lines = text.replace("；", "\n").replace(";", "\n").split("\n")
    return [_paper(line) for line in (one.strip() for one in lines) if line]


def _paper(line: str) -> Paper:
    required = not line.endswith(("?", "？"))
    parts = [part.strip() for part in line.rstrip("?？ ").split("|")]
    name, series, note = (*parts, "", "", "")[:3]
    return Paper(name, required, series, note)


def papers_text(papers: list[Paper]) -> str:
    """Write papers the way ``read_papers`` reads them."""
    return "\n".join(
        " | ".join(_parts(one)).rstrip(" |") + ("" if one.required else " ?") for one in papers
    )


def _parts(paper: Paper) -> tuple[str, ...]:
    return (paper.name, paper.series, paper.note) if paper.note else (paper.name, paper.series)


def _unit(text: str) -> Unit:
    unit = Unit.objects.filter(code=text).first() or Unit.objects.filter(name=text).first()
    if unit is None:
        raise _unknown("owner", Text("没有单位“{text}”", "there is no unit “{text}”"), text)
    return unit


def _account(text: str) -> Account:
    account = Account.objects.filter(code=text).first()
    if account is None:
        raise _unknown("budget", Text("没有账户“{text}”", "there is no account “{text}”"), text)
    return account


def _document(text: str) -> Document:
    document = Document.objects.filter(code=text).first()
    if document is None:
        raise _unknown(
            "supersedes",
            Text("没有编号为“{text}”的文件", "there is no document with the code “{text}”"),
            text,
        )
    return document


def _unknown(field: str, reason: Text, text: str) -> Refused:
    return Refused(reason.format(text=text), field=field)


def _code(record: Any) -> str:
    return str(record.code)


_READERS: Mapping[str, Any] = {
    "issuers": read_issuers,
    "materials": read_papers,
    "owner": _unit,
    "budget": _account,
    "supersedes": _document,
    "document": _document,
}
_WRITERS: Mapping[str, Any] = {
    "issuers": issuers_text,
    "materials": papers_text,
    "owner": _code,
    "budget": _code,
    "supersedes": _code,
    "document": _code,
}
