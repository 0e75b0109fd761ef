"""Characters that are stored as the radicals they look like.

Browsers that print Chinese to PDF name glyphs by radicals (⼯, ⻓), and so does what is copied
from such a file.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

# Forms of simplified writing, for which Unicode names no character (Unicode 15.1, 2E80–2EFF).
_FORMS: Final = "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"
_MEANT: Final = "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟"
_KANGXI: Final = range(0x2F00, 0x2FD6)

CHARACTERS: Final[Mapping[int, str]] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI},
    **{ord(form): meant for form, meant in zip(_FORMS, _MEANT, strict=True)},
}
"""For ``str.translate``: every radical to the character that is meant, one for one."""
