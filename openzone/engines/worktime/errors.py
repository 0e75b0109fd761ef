"""What goes wrong in working-time arithmetic, said in both languages."""

from openzone.engines.text import Text


class WorktimeError(ValueError):
    """The input cannot be used; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason
