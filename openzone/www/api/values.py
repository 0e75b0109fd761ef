"""Values that come from a program, checked where they come in."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

# PostgreSQL stores no NUL, and no text half of which is a surrogate.
_BAD = ("\x00",)


def storable(value: Any) -> Any:
    """Refuse text that no database stores, however deep in the value it is.

    Raises:
        ValueError: naming what is wrong.

    """
    if isinstance(value, str):
        if any(bad in value for bad in _BAD):
            raise ValueError("含有不可见字符NUL / holds an invisible NUL character")
        value.encode()  # a lone surrogate cannot be stored either; UnicodeError is a ValueError
    elif isinstance(value, dict):
        for key, part in value.items():
            storable(key)
            storable(part)
    elif isinstance(value, list):
        for part in value:
            storable(part)
    return value


Line = Annotated[str, Field(max_length=500), AfterValidator(storable)]
Paragraphs = Annotated[str, Field(max_length=20_000), AfterValidator(storable)]
Data = Annotated[dict[str, Any], AfterValidator(storable)]
Page = Annotated[int, Field(ge=1, le=100_000)]
PageSize = Annotated[int, Field(ge=1, le=200)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
