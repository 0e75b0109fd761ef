"""What is refused before the interface is reached is answered in its own shape too."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from openzone.engines.text import Text
from openzone.www.api.errors import NOT_FOUND, TOO_LARGE, problem

ROOT = "/api/"
REASONS: Mapping[int, tuple[str, Text]] = {
    400: (
        "unreadable",
        Text("请求中有无法读取的内容（如NUL字符）", "the request holds what cannot be read (NUL)"),
    ),
    404: ("not_found", NOT_FOUND),
    405: ("no_such_method", Text("此地址不支持该方法", "this address does not know this method")),
    413: ("too_large", TOO_LARGE),
    500: (
        "failed",
        Text("系统出错，已记入日志，没有写入一半", "it broke on our side; nothing was half-saved"),
    ),
}


class ProblemAnswers:
    """Give programs JSON where people get a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace an error page under the interface's address."""
        answer = self.get_response(request)
        is_page = "json" not in answer.headers.get("Content-Type", "")
        if not (request.path.startswith(ROOT) and is_page and answer.status_code in REASONS):
            return answer
        said = JsonResponse(problem(*REASONS[answer.status_code]), status=answer.status_code)
        if "Allow" in answer.headers:
            said["Allow"] = answer.headers["Allow"]
        return said
