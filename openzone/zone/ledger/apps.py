from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "openzone.zone.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        """Protect the transfers: what moved stays as it was written."""
        from openzone.zone.audit import protection
        from openzone.zone.ledger.models import Transfer

        protection.protect(Transfer)
