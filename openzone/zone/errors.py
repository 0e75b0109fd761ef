"""What a service says when it will not do something."""

from openzone.engines.text import Text


class Refused(Exception):  # noqa: N818 - it reads as the sentence it is
    """The request is not allowed or makes no sense; nothing was written.

    ``reason`` is shown to the person as it stands; ``field`` names the input at fault, if one is.
    """

    def __init__(self, reason: Text, *, field: str = "") -> None:
        super().__init__(reason, field)
        self.reason = reason
        self.field = field

    def __str__(self) -> str:
        return str(self.reason)
