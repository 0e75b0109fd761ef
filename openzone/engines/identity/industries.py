"""Industry codes 国民经济行业分类, GB/T 4754: section letter, then two, three or four digits.

Some tables write the letter (C3841), others do not (3841); here the two-digit division
decides the letter. Codes of the 2011 edition look the same and cannot be told apart, so
every parsed code carries the edition it was read with.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from openzone.engines.text import Text

_FORM = re.compile(r"([A-Za-z]?)((?:[0-9]{2,4})?)")


class InvalidIndustry(ValueError):  # noqa: N818 - callers read it as the reason it is
    """The text is no industry code; ``reason`` says why in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IndustryCode:
    """One code; ``digits`` is empty for a whole section.

    ``known`` is False when the table stops above it: ``name`` is then that of the nearest
    code above.
    """

    section: str
    digits: str
    name: str
    known: bool
    edition: str

    def __str__(self) -> str:
        return self.section + self.digits


class Industries:
    """The table of one edition. Rows have ``code`` (with its letter) and ``name``."""

    def __init__(self, rows: Iterable[Mapping[str, str]], edition: str = "") -> None:
        self.edition = edition
        self._names = {row["code"]: row["name"] for row in rows}
        self._sections = {code[1:]: code[0] for code in self._names if len(code) == 3}

    def __iter__(self) -> Iterator[IndustryCode]:
        return map(self.parse, self._names)

    def parse(self, text: str) -> IndustryCode:
        """Read ``C3841``, ``3841``, ``C 38``, ``c``; raise ``InvalidIndustry`` with the reason."""
        section, digits = self._split(text)
        code = section + digits
        return IndustryCode(
            section=section,
            digits=digits,
            name=self._nearest_name(code),
            known=code in self._names,
            edition=self.edition,
        )

    def is_under(self, code: str, prefix: str) -> bool:
        """Tell whether ``code`` is ``prefix`` or lies under it; either may lack the letter."""
        return str(self.parse(code)).startswith(str(self.parse(prefix)))

    def _split(self, text: str) -> tuple[str, str]:
        compact = "".join(text.split())
        match = _FORM.fullmatch(compact) if compact else None
        if not match:
            raise InvalidIndustry(_bad_form(text))
        letter, digits = match[1].upper(), match[2]
        if not digits:
            return self._whole_section(letter), ""
        section = self._section_of(digits)
        if letter not in ("", section):
            raise InvalidIndustry(_wrong_letter(letter, digits[:2], section))
        return section, digits

    def _whole_section(self, letter: str) -> str:
        if letter not in self._names:
            raise InvalidIndustry(
                Text(
                    "没有门类{letter}；门类为A至T",
                    "there is no section {letter}; sections run from A to T",
                ).format(letter=letter)
            )
        return letter

    def _section_of(self, digits: str) -> str:
        section = self._sections.get(digits[:2])
        if section is None:
            raise InvalidIndustry(
                Text(
                    "“{digits}”的前两位{division}不是国民经济行业大类",
                    "the first two digits {division} of “{digits}” are no division",
                ).format(digits=digits, division=digits[:2])
            )
        return section

    def _nearest_name(self, code: str) -> str:
        while code not in self._names:
            code = code[:-1]
        return self._names[code]


def _bad_form(text: str) -> Text:
    return Text(
        "“{text}”不是国民经济行业代码：应为门类字母加2至4位半角数字，如C3841",
        "“{text}” is not an industry code: a section letter and 2 to 4 digits, such as C3841",
    ).format(text=text)


def _wrong_letter(letter: str, division: str, section: str) -> Text:
    return Text(
        "大类{division}属于门类{section}，不属于{letter}",
        "division {division} belongs to section {section}, not {letter}",
    ).format(division=division, section=section, letter=letter)
