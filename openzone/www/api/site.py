"""The interface as a whole."""

from ninja import NinjaAPI

from openzone.www.api.areas import (
    cases,
    commitments,
    filings,
    kinds,
    neighbourhood,
    orders,
    public,
    residents,
)
from openzone.www.api.errors import install
from openzone.www.api.throttles import PerAddress, PerKey

AREAS = (kinds, cases, commitments, neighbourhood, residents, orders, filings, public)

api = NinjaAPI(
    title="OpenZone",
    version="1",
    description=(
        "Every desk of the zone for programs. A key belongs to a person and may do what that "
        "person may do on the pages, in the areas it was given; make one under “API keys” in the "
        "menu of your account. "
        "各工作台的程序接口：密钥属于个人，在所选范围内的权限与其在页面上的权限相同，"
        "在账户菜单“接口密钥”中生成。"
    ),
    urls_namespace="api",
    docs_url=None,
    throttle=[PerAddress(), PerKey()],
)
for area in AREAS:
    api.add_router("", area.desk)
install(api)
