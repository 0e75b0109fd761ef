"""What the drawing instructions of a PDF page show, piece by piece with its height."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openzone.engines.reading.sources.pdf_fonts import Font
from openzone.engines.reading.sources.pdf_objects import Name, parse

_GAP = -180
"""A move back of this many thousandths of an em in ``TJ`` leaves room for a blank."""
_NONE = Font({}, 1)
Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class _State:
    """Where text goes (ISO 32000-1, 9.4.2): ``page`` is the page's matrix, ``line`` the line's."""

    fonts: dict[str, Font]
    font: Font = _NONE
    page: Matrix = _UNIT
    line: Matrix = _UNIT
    leading: float = 0.0
    saved: list[Matrix] = field(default_factory=list)

    @property
    def height(self) -> float:
        """The height of the line on the page."""
        return _product(self.line, self.page)[5]

    def move(self, x: float, y: float) -> None:
        """Go to the next line, so far from the last."""
        self.line = _product((1, 0, 0, 1, x, y), self.line)


def shown(contents: bytes, fonts: dict[str, Font]) -> Iterator[tuple[float, str]]:
    """Yield each piece of text with the height of its line, in the order it is drawn."""
    state, stack = _State(fonts), list[Any]()
    for token in _tokens(contents):
        if not isinstance(token, Name) or token in fonts:
            stack.append(token)
            continue
        _place(state, str(token), stack)
        text = _shown(state, str(token), stack)
        if text:
            yield state.height, text
        stack = []


def _place(state: _State, operator: str, stack: list[Any]) -> None:
    """Follow the instructions that move text or choose its font."""
    match operator:
        case "q":
            state.saved.append(state.page)
        case "Q" if state.saved:
            state.page = state.saved.pop()
        case "cm" if len(stack) >= 6:
            state.page = _product(_matrix(stack), state.page)
        case "BT":
            state.line = _UNIT
        case "Tf" if len(stack) >= 2:
            state.font = state.fonts.get(str(stack[-2]), _NONE)
        case "Tm" if len(stack) >= 6:
            state.line = _matrix(stack)
        case "Td" | "TD" if len(stack) >= 2:
            state.move(_number(stack[-2]), _number(stack[-1]))
            state.leading = -_number(stack[-1]) if operator == "TD" else state.leading
        case "TL" if stack:
            state.leading = _number(stack[-1])
        case "T*" | "'" | '"':
            state.move(0, -state.leading)


def _shown(state: _State, operator: str, stack: list[Any]) -> str:
    if not stack or operator not in ("Tj", "'", '"', "TJ"):
        return ""
    parts = stack[-1] if operator == "TJ" else [stack[-1]]
    return _text(state.font, parts) if isinstance(parts, list) else ""


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _matrix(stack: list[Any]) -> Matrix:
    a, b, c, d, e, f = (_number(one) for one in stack[-6:])
    return (a, b, c, d, e, f)


def _tokens(contents: bytes) -> Iterator[Any]:
    place = 0
    while place < len(contents):
        value, end = parse(contents, place)
        if end <= place:
            return
        place = end
        yield value


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _text(font: Font, parts: list[Any]) -> str:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, bytes):
            pieces.append(font.text(part))
        elif isinstance(part, int | float) and part < _GAP:
            pieces.append(" ")
    return "".join(pieces)
