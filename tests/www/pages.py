"""Every address of the site, and what each kind of visitor gets there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from openzone.www.urls import urlpatterns

VISITORS = ("admin", "colleague", "owner", "stranger")
"""An administrator, a handler, somebody of the enterprise shown, somebody of another one."""

LOGIN = 302


@dataclass(frozen=True)
class Address:
    """A url name with its arguments, and the status for each visitor in the order above."""

    name: str
    expected: tuple[int, int, int, int]
    kwargs: dict[str, object] = field(default_factory=dict)
    query: str = ""
    method: str = "GET"
    data: dict[str, str] = field(default_factory=dict)
    anonymous: int = LOGIN

    def path(self, numbers: Mapping[str, int]) -> str:
        """The address, with the numbers the records have this time."""
        kwargs = {name: str(value).format(**numbers) for name, value in self.kwargs.items()}
        return reverse(self.name, kwargs=kwargs) + self.query.format(**numbers)

    def ask(self, client: Client, numbers: Mapping[str, int], **headers: str) -> Any:
        """The answer to a request."""
        if self.method == "GET":
            return client.get(self.path(numbers), headers=headers)
        data = {name: value.format(**numbers) for name, value in self.data.items()}
        return client.post(self.path(numbers), data, headers=headers)

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"


def get(address: str, /, *expected: int, query: str = "", **kwargs: object) -> Address:
    return Address(address, expected, kwargs, query)  # type: ignore[arg-type]


def post(
    address: str, /, *expected: int, data: dict[str, str] | None = None, **kwargs: object
) -> Address:
    return Address(address, expected, kwargs, method="POST", data=data or {})  # type: ignore[arg-type]


# In braces: the numbers of the zone's records. ``near`` is the owner's enterprise.
ADDRESSES = (
    Address("login", (302, 302, 302, 302), anonymous=200),
    Address("set_language", (302,) * 4, {}, method="POST", data={"language": "en"}, anonymous=302),
    get("password", 200, 200, 200, 200),
    post("password", 400, 400, 400, 400, data={"old": "wrong"}),
    post("logout", 302, 302, 302, 302),
    post("as_of", 302, 302, 302, 302, data={"as_of": "2026-03-31"}),
    post("as_of", 400, 400, 400, 400, data={"as_of": "yesterday"}),
    get("home", 200, 200, 302, 302),
    get("my_enterprise", 200, 200, 302, 200),
    get("enterprises", 200, 200, 403, 403),
    get("enterprises", 200, 200, 403, 403, query="?q=hfsl&has_code=no&sort=-name"),
    get("enterprises", 200, 200, 403, 403, query="?missing=ip_class1"),
    get("enterprises", 400, 400, 403, 403, query="?place=999&industry=!!"),
    get("enterprises_suggest", 200, 200, 403, 403, query="?q=hfsl"),
    post("enterprises_export", 200, 200, 403, 403, data={"q": "hfsl"}),
    get("enterprise", 200, 200, 200, 403, pk="{near}"),
    get("enterprise", 404, 404, 404, 404, pk=999),
    get("enterprise_fact", 200, 200, 200, 403, pk="{near}", name="revenue_y1"),
    get("enterprise_fact", 200, 200, 200, 403, pk="{near}", name="contact_phone"),
    get("enterprise_fact", 404, 404, 404, 403, pk="{near}", name="no_such_fact"),
    post("enterprise_fact", 302, 302, 403, 403, pk="{near}", name="employees", data={
        "value": "301", "known_on": "2026-11-01", "reason": "核对花名册"}),
    post("enterprise_fact", 400, 400, 403, 403, pk="{near}", name="employees", data={
        "value": "many"}),
    post("enterprise_reveal", 200, 200, 200, 403, pk="{near}", name="contact_phone", data={
        "reason": "联系企业"}),
    post("enterprise_reveal", 409, 409, 409, 403, pk="{near}", name="contact_phone"),
    get("enterprise_merge", 200, 403, 403, 403, pk="{near}"),
    get("enterprise_merge", 200, 403, 403, 403, pk="{near}", query="?other={other}"),
    post("enterprise_merge", 302, 403, 403, 403, pk="{near}", data={
        "other": "{other}", "reason": "同一家"}),
    post("enterprise_merge", 400, 403, 403, 403, pk="{near}", data={"other": "{other}"}),
    post("enterprise_unmerge", 302, 403, 403, 403, pk="{merge}", data={"reason": "其实是两家"}),
    post("enterprise_unmerge", 409, 403, 403, 403, pk="{merge}"),
    post("enterprise_export", 200, 200, 200, 403, pk="{near}"),
    post("enterprise_entitled", 200, 200, 200, 403, pk="{near}"),
    post("rules_export", 200, 200, 403, 403),
    post("figures_export", 200, 200, 403, 403),
    post("people_export", 200, 403, 403, 403),
    post("audit_export", 200, 403, 403, 403, data={"who": "tests"}),
    get("rules", 200, 200, 200, 200),
    get("rule", 200, 200, 200, 200, rule_id="cn.high_tech"),
    get("rule", 200, 200, 200, 200, rule_id="cn.size_class", query="?standing=unknown"),
    get("rule", 404, 404, 404, 404, rule_id="cn.no_such_rule"),
    post("rule_export", 200, 200, 403, 403, rule_id="cn.high_tech", data={"standing": "unknown"}),
    get("proof", 200, 200, 200, 403, pk="{near}", rule_id="cn.high_tech"),
    get("imports", 200, 403, 403, 403),
    post("imports", 400, 403, 403, 403),
    get("import", 200, 403, 403, 403, pk="{batch}"),
    get("import", 404, 403, 403, 403, pk=999),
    post("import_check", 302, 403, 403, 403, pk="{batch}"),
    post("import_apply", 302, 403, 403, 403, pk="{batch}"),
    post("import_columns", 302, 403, 403, 403, pk="{batch}", data={"column-D": "employees"}),
    post("import_columns", 409, 403, 403, 403, pk="{batch}", data={"column-D": "人气"}),
    post("import_discard", 302, 403, 403, 403, pk="{batch}"),
    post("import_workbook", 200, 403, 403, 403, pk="{batch}"),
    get("figures", 200, 200, 403, 403),
    get("calendar", 200, 200, 200, 200),
    get("calendar_year", 200, 200, 200, 200, year=2027),
    get("calendar_year", 404, 404, 404, 404, year=1949),
    get("people", 200, 403, 403, 403),
    get("people_user", 200, 403, 403, 403, pk="{clerk}"),
    get("people_user", 404, 403, 403, 403, pk=999),
    get("people_unit", 200, 403, 403, 403, pk="{unit}"),
    get("people_new", 200, 403, 403, 403),
    post("people_new", 302, 403, 403, 403, data={
        "username": "fresh", "password": "right-password-9", "again": "right-password-9"}),
    post("people_new", 400, 403, 403, 403, data={"username": "clerk"}),
    get("people_password", 200, 403, 403, 403, pk="{clerk}"),
    post("people_password", 302, 403, 403, 403, pk="{clerk}", data={
        "password": "right-password-9", "again": "right-password-9"}),
    get("people_close", 200, 403, 403, 403, pk="{clerk}"),
    post("people_close", 302, 403, 403, 403, pk="{clerk}"),
    get("people_grant", 200, 403, 403, 403, pk="{clerk}"),
    post("people_grant", 302, 403, 403, 403, pk="{clerk}", data={
        "unit": "office", "role": "leader", "valid_from": "2026-11-20"}),
    post("people_grant", 400, 403, 403, 403, pk="{clerk}", data={"unit": "nowhere"}),
    get("people_role_end", 200, 403, 403, 403, pk="{role}"),
    post("people_role_end", 302, 403, 403, 403, pk="{role}", data={"last_day": "2026-11-20"}),
    post("people_role_end", 400, 403, 403, 403, pk="{role}", data={"last_day": "2019-01-01"}),
    get("people_unit_new", 200, 403, 403, 403),
    post("people_unit_new", 302, 403, 403, 403, data={
        "code": "bureau", "name": "示例应急局", "kind": "department", "parent": "committee"}),
    post("people_unit_new", 400, 403, 403, 403, data={"code": "office", "name": "重复"}),
    get("enterprise_people", 200, 403, 403, 403, pk="{near}"),
    get("enterprise_staff_new", 200, 403, 403, 403, pk="{near}"),
    post("enterprise_staff_new", 302, 403, 403, 403, pk="{near}", data={
        "user": "clerk", "role": "owner", "valid_from": "2026-11-20"}),
    post("enterprise_staff_new", 400, 403, 403, 403, pk="{near}", data={"user": "nobody"}),
    get("enterprise_staff_end", 200, 403, 403, 403, pk="{other}", row="{post}"),
    get("enterprise_staff_end", 404, 403, 403, 403, pk="{near}", row="{post}"),
    post("enterprise_staff_end", 302, 403, 403, 403, pk="{other}", row="{post}", data={
        "last_day": "2026-11-20"}),
    get("enterprise_charge_new", 200, 403, 403, 403, pk="{near}"),
    post("enterprise_charge_new", 302, 403, 403, 403, pk="{near}", data={
        "role": "grid", "name": "示例网格员", "valid_from": "2026-11-20"}),
    post("enterprise_charge_new", 400, 403, 403, 403, pk="{near}", data={
        "role": "grid", "valid_from": "2026-11-20"}),
    get("enterprise_charge_end", 200, 403, 403, 403, pk="{near}", row="{charge}"),
    post("enterprise_charge_end", 302, 403, 403, 403, pk="{near}", row="{charge}", data={
        "last_day": "2026-11-20"}),
    get("audit", 200, 403, 403, 403),
    get("audit", 400, 403, 403, 403, query="?first=yesterday"),
    get("audit_check", 200, 403, 403, 403),
    get("audit_anchor", 200, 403, 403, 403),
    get("about", 200, 200, 200, 200),
)  # fmt: skip

NAMES = frozenset(pattern.name for pattern in urlpatterns)
