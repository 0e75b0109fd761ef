"""The interface as a whole."""

from ninja import NinjaAPI
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

from openzone.www.api import cases, public
from openzone.www.api.auth import Key
from openzone.www.api.errors import install

api = NinjaAPI(
    title="OpenZone",
    version="1",
    description=(
        "Cases with owners, clocks and proof. A key belongs to a person and may do what that "
        "person may do on the pages; make one under “API keys” in the menu of your account. "
        "诉求与案件接口：密钥属于个人，权限与其在页面上的权限相同，在账户菜单“接口密钥”中生成。"
    ),
    urls_namespace="api",
    auth=Key(),
    docs_url=None,
    throttle=[AnonRateThrottle("60/m"), AuthRateThrottle("600/m")],
)
api.add_router("", cases.router)
api.add_router("", public.router)
install(api)
