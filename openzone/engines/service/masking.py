"""What is shown of a number or address to who did not ask to see it."""

_HEAD, _TAIL = 3, 4


def masked_number(text: str) -> str:
    """Return an identity number or telephone with its middle hidden: 138****5678.

    What is too short to hide a middle of is hidden whole.
    """
    if not text:
        return ""
    if len(text) <= _HEAD + _TAIL:
        return "*" * len(text)
    return text[:_HEAD] + "*" * (len(text) - _HEAD - _TAIL) + text[-_TAIL:]


def masked_name(text: str) -> str:
    """Return a name of which only the family name is seen: 王**."""
    return text[:1] + "*" * (len(text) - 1)


def masked_address(text: str) -> str:
    """Return an address without house and room: its first six characters."""
    return text[:6] + "…" if len(text) > 6 else "…" if text else ""
