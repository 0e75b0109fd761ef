"""What holds for every request, whatever the view does."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import Settings

from openzone.www.public import PUBLIC
from openzone.zone.people.models import Unit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.www.urls")]


@pytest.fixture
def client() -> Iterator[Client]:
    user = get_user_model().objects.create_user("someone", password="right-password-9")
    client = Client()
    client.force_login(user)
    yield client
    assert not _is_read_only()


def _is_read_only() -> bool:
    question = (
        "PRAGMA query_only" if connection.vendor == "sqlite" else "SHOW transaction_read_only"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0] in (1, "on")


@pytest.mark.parametrize("path", ["/test/write/", "/test/write-in-a-transaction/"])
def test_a_get_that_writes_fails_at_the_database(client: Client, path: str) -> None:
    with pytest.raises(DatabaseError, match=r"(?i)read.?only"):
        client.get(path)
    assert not Unit.objects.filter(code="written").exists()


def test_the_same_write_succeeds_as_a_post_right_after(client: Client) -> None:
    with pytest.raises(DatabaseError):
        client.get("/test/write/")
    assert client.post("/test/write/").status_code == 200
    assert Unit.objects.filter(code="written").exists()


def test_writing_is_possible_again_after_a_get_that_broke(client: Client) -> None:
    with pytest.raises(RuntimeError):
        client.get("/test/fail/")
    assert client.post("/test/write/").status_code == 200


def test_reading_is_of_course_allowed(client: Client) -> None:
    assert client.get("/test/read/").content == b"0"
    assert client.head("/test/read/").status_code == 200


def test_a_session_that_a_new_password_ended_is_closed_without_an_error(client: Client) -> None:
    user = get_user_model().objects.get()
    user.set_password("another-password-9")
    user.save()
    response = client.get("/test/read/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login/")


def test_a_stranger_is_sent_to_the_login_and_back() -> None:
    response = Client().get("/test/read/?a=1")
    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/login/?next=/test/read/%3Fa%3D1",
    )


def test_a_stranger_cannot_post_either() -> None:
    response = Client().post("/test/write/")
    assert (response.status_code, response.headers["Location"]) == (302, "/login/?next=/")
    assert not Unit.objects.exists()


def test_a_fragment_makes_the_whole_page_go_to_the_login() -> None:
    page = "http://testserver/enterprises/?q=abc"
    response = Client().get("/test/read/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert response.headers["HX-Redirect"] == "/login/?next=/enterprises/%3Fq%3Dabc"


def test_only_the_listed_pages_are_public() -> None:
    """Adding a page here is a decision: nobody needs a login for it."""
    assert {
        "login", "matter_alike", "matter_form", "matter_new", "set_language", "status", "type_size",
        "calculator", "publicity", "session", "sessions",
        "library", "library_document", "library_item", "library_items", "library_media",
        "spokespersons", "spokespersons_export", "commitments_published", "review_feed",
    } == PUBLIC  # fmt: skip


def test_too_large_a_request_is_refused_before_anything_looks_at_it(
    client: Client, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT = 1024**2
    response = client.post("/test/write/", {"file": BytesIO(bytes(2 * 1024**2))})
    assert response.status_code == 413
    assert "1 MB" in response.content.decode()
    assert not Unit.objects.filter(code="written").exists()


def test_a_form_with_too_much_text_is_too_long_not_unreadable(
    client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024
    response = client.post("/test/write/", {"text": "字" * 2000})
    assert response.status_code == 413
    assert "内容过长" in response.content.decode()
    told = client.post("/api/v1/cases", {"text": "字" * 2000})
    assert (told.status_code, told.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/test/deny/", 403, "只有管理员可以查看"),
        ("/test/refuse/", 409, "这两家企业不能合并"),
        ("/enterprises/export/", 405, "只接受表单"),
        ("/enterprises/99999999999999999999999999/", 404, "没有这个页面"),
        ("/no/such/page/", 404, "没有这个页面"),
        ("/rules/?as_of=2026-13-01", 400, "不是日期"),
        ("/rules/?as_of=1066-01-01", 400, "1066-01-01"),
    ],
)
def test_an_error_page_says_what_is_wrong(
    client: Client, path: str, status: int, words: str
) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert words in response.content.decode()


def test_a_reason_is_given_in_english_to_an_english_reader(client: Client) -> None:
    client.cookies["django_language"] = "en"
    response = client.get("/test/refuse/")
    assert "these two cannot be merged" in response.content.decode()


def test_our_own_fault_ends_in_a_page_not_a_traceback(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/test/fail/")
    assert response.status_code == 500
    assert "broken on purpose" not in response.content.decode()
    assert "</html>" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/login/", {"username": "x"})
    assert response.status_code == 403
    assert "请重新提交" in response.content.decode()


def test_a_chosen_language_is_kept() -> None:
    client = Client()
    response = client.post("/language/", {"language": "en", "next": "/login/"})
    assert response.headers["Location"] == "/login/"
    assert '<html lang="en">' in client.get("/login/").content.decode()


def test_headers_forbid_framing_sniffing_and_foreign_or_inline_code() -> None:
    headers = Client().get("/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_what_somebody_saw_is_not_kept_by_the_browser(client: Client) -> None:
    assert client.get("/test/read/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("wanted", ["en", "en-US,en;q=0.9", "fr", "*", "x" * 3000])
def test_the_site_speaks_chinese_whatever_the_browser_asks_for(wanted: str) -> None:
    answer = Client(headers={"accept-language": wanted}).get("/login/")
    assert answer["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans">' in answer.content.decode()


@pytest.mark.parametrize(("cookie", "language"), [("en", "en"), ("fr", "zh-hans"), ("", "zh-hans")])
def test_english_comes_with_the_cookie_of_a_choice(cookie: str, language: str) -> None:
    client = Client()
    client.cookies["django_language"] = cookie
    assert client.get("/login/")["Content-Language"] == language


def test_the_choice_of_a_language_outlives_the_browser_window() -> None:
    client = Client()
    client.post("/language/", {"language": "en"})
    assert client.cookies["django_language"]["max-age"] == 31_536_000


@pytest.mark.parametrize("page", ["http://[::1", "", "https://evil.example/x"])
def test_a_fragment_without_login_leads_to_the_login_from_any_page(page: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = Client(headers=headers).get("/enterprises/suggest/")
    assert answer.status_code == 200
    assert answer["HX-Redirect"].startswith("/login/?next=/")


@pytest.mark.parametrize(
    ("path", "headers"), [("/login/", {"host": "evil.example"}), ("/nothing/", {})]
)
def test_no_answer_can_be_framed(path: str, headers: dict[str, str]) -> None:
    assert Client(headers=headers).get(path)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "content_type", "body", "headers"),
    [
        ("/login/", "text/plain", b"", {"host": "evil.example"}),
        ("/login/", "multipart/form-data", b"x", {}),
        ("/login/", "application/x-www-form-urlencoded", b"a=1&" * 2_001, {}),
        ("/login/", "application/x-www-form-urlencoded; charset=utf-16", b"a=1", {}),
    ],
)
def test_an_unreadable_request_is_answered_in_the_readers_language(
    path: str, content_type: str, body: bytes, headers: dict[str, str]
) -> None:
    answer = Client().post(path, body, content_type=content_type, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "网址或表单中有系统无法识别的内容" in page
    assert "ALLOWED_HOSTS" not in page
    assert "settings." not in page


@pytest.mark.parametrize("path", ["/test/read/?a=%00", "/test/read/?%00=a", "/rules/a%00b/"])
def test_an_address_with_a_nul_is_refused(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "NUL" in answer.content.decode()


@pytest.mark.parametrize("form", [{"a": "x\x00"}, {"a": ["x", "\x00"]}, {"\x00": "x"}])
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "不可见字符"), ("en", "invisible")])
def test_a_form_with_a_nul_is_refused_before_the_page_sees_it(
    client: Client, form: dict[str, str], language: str, words: str
) -> None:
    client.cookies["django_language"] = language
    answer = client.post("/test/write/", form)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Unit.objects.filter(code="written").exists()


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "django_language"])
def test_a_cookie_with_a_nul_is_refused(cookie: str) -> None:
    answer = Client().get("/login/", headers={"cookie": f'{cookie}="abcdefgh\\000"'})
    assert answer.status_code == 400


def test_a_broken_page_is_written_to_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    assert client.get("/test/fail/").status_code == 500
    assert "broken on purpose" in caplog.text
