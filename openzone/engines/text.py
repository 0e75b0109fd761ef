"""Bilingual text as a value: engines speak Chinese and English without knowing any framework."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages of the product.

    >>> Text("第{row}行", "row {row}").format(row=3)
    Text(zh='第3行', en='row 3')
    """

    zh: str
    en: str

    def format(self, **values: Any) -> "Text":
        """Fill the same named values into both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))

    def for_language(self, language: str) -> str:
        """Return the sentence for a language code such as ``zh-hans`` or ``en``."""
        return self.zh if language.lower().startswith("zh") else self.en

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"
