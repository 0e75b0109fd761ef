"""Every string of the interface stands in both languages."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from tools import messages

PLACEHOLDER = re.compile(r"%\((\w+)\)")
# Words that are the same in Chinese: names, codes, and what people here say in English.
SAME = {"OpenZone", "Excel", "%(n).1f MB", "%(n)d KB", "%(what)s by %(who)s, %(at)s"}


def test_the_catalogue_knows_every_string_of_the_code_and_no_other() -> None:
    present = {message.id for message in messages.load() if message.id}
    wanted = {message.id for message in messages.extract() if message.id}
    assert wanted - present == set(), "run: make messages"
    assert present - wanted == set(), "run: make messages"


def test_every_string_has_a_chinese_text() -> None:
    assert messages.missing(messages.load()) == []


def test_chinese_texts_are_chinese() -> None:
    for message in messages.load():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and str(message.id) not in SAME:
            assert all(re.search(r"[一-鿿，、；：]", text) for text in texts), message.id


def test_placeholders_are_the_same_in_both_languages() -> None:
    for message in messages.load():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert set(PLACEHOLDER.findall(strings[-1])) == wanted, message.id


def test_the_compiled_catalogue_is_the_one_people_edit(tmp_path: Path) -> None:
    with messages.PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in messages.load():
        if isinstance(message.id, str) and message.id and message.context is None:
            assert compiled.gettext(message.id) == message.string


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "企业"), ("en", "Enterprises")])
def test_django_finds_the_catalogue(language: str, text: str) -> None:
    with translation.override(language):
        assert _("Enterprises") == text


def test_strings_are_found_in_code_and_templates_with_context_and_plural() -> None:
    found = {(message.id, message.context) for message in messages.extract()}
    assert ("Enterprises", None) in found
    assert ("Off", "calendar") in found
    assert (("%(n)s working day", "%(n)s working days"), None) in found


def test_no_string_hides_in_an_f_string_where_the_extractor_cannot_see_it() -> None:
    for path in Path("openzone").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
                names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
                assert not names & {"_", "gettext", "ngettext", "pgettext"}, path
