"""One row of a list of outside firms: what its columns are called, and what may stand in it."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from openzone.engines.identity.linkage import CERTAIN_KINDS, Registry
from openzone.engines.identity.uscc import InvalidCreditCode, parse
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.text import Text
from openzone.zone.chains.models import CandidateFirm, CandidateList
from openzone.zone.chains.selectors.listed import says_none
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.projects.selectors.merges import alike
from openzone.zone.registry.models import Enterprise
from openzone.zone.rowwise import Values

VOCABULARY: Final = Vocabulary((
    Field("name", "text", None, "企业名称", "Firm", ("名称", "企业", "公司名称", "公司"),
          required=True),
    Field("uscc", "text", None, "统一社会信用代码", "Unified social credit code",
          ("信用代码", "社会信用代码")),
    Field("province", "text", None, "省份", "Province", ("省", "所在省", "所在省份")),
    Field("city", "text", None, "城市", "City", ("市", "所在城市", "所在市", "地市")),
    Field("longitude", "number", None, "经度", "Longitude", ("lon", "lng"), below_zero=True),
    Field("latitude", "number", None, "纬度", "Latitude", ("lat",), below_zero=True),
    Field("products", "text", None, "主要产品", "Products", ("产品", "主营产品", "主导产品")),
    Field("scope", "text", None, "经营范围", "Business scope", ("业务范围",)),
    Field("revenue", "yuan", None, "营业收入", "Revenue", ("年营业收入", "营收", "年营收")),
    Field("expansion", "text", None, "扩产信号", "Signal of expansion",
          ("扩张信号", "投资动向", "扩产消息")),
    Field("expansion_source", "text", None, "信号来源", "Source of the signal",
          ("扩产信号来源", "消息来源")),
    Field("expansion_on", "date", None, "信号日期", "Date of the signal",
          ("扩产信号日期", "消息日期")),
    Field("customer_of", "text", None, "采购自本地企业", "Buys from", ("本地供应商", "客户关系")),
    Field("supplier_of", "text", None, "供应给本地企业", "Supplies", ("本地客户", "供应关系")),
    Field("encouraged", "bool", None, "是否鼓励类", "Encouraged by policy",
          ("鼓励类", "政策契合")),
    Field("risk", "text", None, "风险提示", "Risk", ("风险", "风险情况")),
))  # fmt: skip
TWICE: Final = Text("与第 {row} 行是同一企业", "this is the same firm as in row {row}")
NO_TEXT: Final = Text(
    "主要产品和经营范围都没有填，无从判断能补哪个环节",
    "neither products nor a business scope: nothing to say which link it could fill by",
)
HALF: Final = Text("经度和纬度须同时填写", "longitude and latitude come together")
OFF_EARTH: Final = Text(
    "经度应在-180至180之间、纬度应在-90至90之间，请看是否填反",
    "longitude is -180 to 180 and latitude -90 to 90: are they swapped?",
)
NO_SOURCE: Final = Text(
    "扩产信号须写明来源和日期", "a signal of expansion needs its source and its date"
)
TO_COME: Final = Text("{day} 晚于名单日期", "{day} is after the day of the list")
_EAST, _NORTH = 180, 90
_BETWEEN: Final = re.compile(r"[、，,；;\n]")
_SAID: Final = ("province", "city", "products", "scope", "expansion", "expansion_source", "risk")


class Entering:
    """Enters rows one after the other; a firm stands in a list once."""

    def __init__(self, listing: CandidateList, registry: Registry) -> None:
        self._listing, self._registry = listing, registry
        self._names: dict[str, int] = {}
        self._codes: dict[str, int] = {}

    def enter(self, row: Values) -> CandidateFirm:
        """Enter one row as it was stored; an empty cell says nothing."""
        said = {name: row.get(name) or "" for name in _SAID}
        made = CandidateFirm(
            listing=self._listing, row=row["row"], name=row["name"], alike=alike(row["name"]),
            uscc=_code(row.get("uscc")), longitude=_degrees(row, "longitude"),
            latitude=_degrees(row, "latitude"), revenue=_decimal(row.get("revenue")),
            expansion_on=_day(row.get("expansion_on")), encouraged=row.get("encouraged"),
            ties=[*self._ties(row, "customer_of"), *self._ties(row, "supplier_of")], **said,
        )  # fmt: skip
        self._ensure_once(made)
        _ensure_sound(made, self._listing.as_of)
        self._match(made)
        ensure_valid(made)
        made.save()
        self._names[made.alike] = made.row
        if made.uscc:
            self._codes[made.uscc] = made.row
        return made

    def _ensure_once(self, made: CandidateFirm) -> None:
        for known, key, field in (
            (self._names, made.alike, "name"),
            (self._codes, made.uscc, "uscc"),
        ):
            if key and key in known:
                raise Refused(TWICE.format(row=known[key]), field=field)

    def _match(self, made: CandidateFirm) -> None:
        """Say which enterprise of the record it is, or may be."""
        found = self._registry.link(made.name, uscc=made.uscc or None, top=1)
        best = found[0] if found else None
        if best is None or best.decision == "no":
            return
        made.enterprise = Enterprise.objects.get(pk=int(best.id))
        made.here = best.decision == "same" and best.kind in CERTAIN_KINDS
        made.match = {"zh": best.reason.zh, "en": best.reason.en}

    def _ties(self, row: Values, kind: str) -> list[dict[str, Any]]:
        """Return the local firms a cell names; 无往来 says there are none, empty says nothing."""
        given = row.get(kind) or ""
        return [
            {"kind": kind, "name": "", "enterprise": None}
            if says_none(name)
            else {"kind": kind, "name": name, "enterprise": self._resident(name)}
            for name in filter(None, map(str.strip, _BETWEEN.split(given)))
        ]

    def _resident(self, name: str) -> int | None:
        found = self._registry.link(name, top=1)
        return int(found[0].id) if found and found[0].decision == "same" else None


def _ensure_sound(made: CandidateFirm, as_of: dt.date) -> None:
    if not made.products and not made.scope:
        raise Refused(NO_TEXT, field="products")
    if (made.longitude is None) != (made.latitude is None):
        raise Refused(HALF, field="latitude" if made.latitude is None else "longitude")
    if abs(made.longitude or 0) > _EAST or abs(made.latitude or 0) > _NORTH:
        raise Refused(OFF_EARTH, field="latitude")
    if made.expansion and (not made.expansion_source or made.expansion_on is None):
        lacks = "expansion_on" if made.expansion_source else "expansion_source"
        raise Refused(NO_SOURCE, field=lacks)
    if made.expansion_on is not None and made.expansion_on > as_of:
        raise Refused(TO_COME.format(day=made.expansion_on), field="expansion_on")


def _code(given: str | None) -> str:
    if not given:
        return ""
    try:
        return parse(given).code
    except InvalidCreditCode as error:
        raise Refused(error.reason, field="uscc") from None


def _degrees(row: Values, name: str) -> float | None:
    given = row.get(name)
    return None if given in (None, "") else float(given)


def _decimal(given: str | None) -> Decimal | None:
    return Decimal(given) if given not in (None, "") else None


def _day(given: str | None) -> dt.date | None:
    return dt.date.fromisoformat(given) if given else None
