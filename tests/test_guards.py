"""The guards of the test suite, guarded: each must catch what it is for."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import engines

from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit, User
from tests.plugins.guards import UndefinedVariableError
from tests.plugins.postgres import find_binaries
from tests.zone.jobs.conftest import wait_until

DOCUMENT = "<!doctype html><html lang='zh'><title>示例</title><main><h1>示例</h1>{}</main>"


def test_a_template_that_asks_for_an_unknown_variable_fails():
    template = engines["django"].from_string("{{ known }} {{ unknown.name }}")
    with pytest.raises(UndefinedVariableError, match=r"unknown\.name"):
        template.render({"known": 1})


@pytest.mark.django_db
def test_rows_without_an_order_come_in_none():
    for number in range(30):
        Unit.objects.create(code=f"u{number:02}", name="示例", kind=UnitKind.OTHER)
    codes = sorted(Unit.objects.values_list("code", flat=True))
    assert list(Unit.objects.values_list("code", flat=True)) == codes
    assert list(Unit.objects.order_by().values_list("code", flat=True)) != codes


@pytest.mark.django_db
def test_no_record_has_the_number_of_one_of_another_kind():
    unit = Unit.objects.create(code="u", name="示例", kind=UnitKind.OTHER)
    user = User.objects.create(username="u")
    assert unit.pk > 9_999 < user.pk
    assert abs(unit.pk - user.pk) > 999


def test_no_test_reaches_another_machine():
    with socket.socket() as sock, pytest.raises(RuntimeError, match="must not use the network"):
        sock.connect(("192.0.2.1", 80))


def test_the_developers_own_data_is_out_of_reach():
    assert "openzone-test-" in os.environ["OPENZONE_DATA"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<script>console.error('broken')</script>", "broken"),
        ("<script>undefinedName()</script>", "undefinedName"),
        ("<img alt='' src='http://elsewhere.invalid/x.png'>", "asked http://elsewhere.invalid"),
    ],
)
def test_what_goes_wrong_in_the_browser_is_noticed(
    browser_page, console_errors, content, complaint
):
    browser_page.set_content(DOCUMENT.format(content))
    browser_page.wait_for_load_state("networkidle")
    assert any(complaint in error for error in console_errors)
    console_errors.clear()


def test_a_page_for_some_people_only_is_not_accessible(browser_page, assert_accessible):
    browser_page.set_content(DOCUMENT.format("<p>可以</p>"))
    assert_accessible(browser_page)
    browser_page.set_content(DOCUMENT.format("<img src='data:,'>"))
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(browser_page)


@pytest.mark.skipif(find_binaries() is None, reason="PostgreSQL is not installed")
def test_the_postgresql_of_a_killed_session_does_not_stay():
    folder = Path(os.environ["OPENZONE_DATA"]) / "killed"
    session = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    server = Path("/proc") / session.stdout.readline().strip()
    assert server.exists()
    session.send_signal(signal.SIGKILL)
    session.wait()
    wait_until(lambda: not server.exists())


STARTER = """
import sys
from pathlib import Path
from tests.plugins.postgres import Cluster, find_binaries
cluster = Cluster(find_binaries(), Path(sys.argv[1]))
cluster.start()
print(cluster.process.pid, flush=True)
cluster.process.wait()
"""
