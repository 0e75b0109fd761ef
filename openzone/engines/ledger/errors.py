"""What the ledger refuses."""

from openzone.engines.text import Text


class LedgerError(ValueError):
    """A transfer that cannot be; nothing moved. ``reason`` is for people."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason
