from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "openzone.zone.ledger"
    label = "ledger"
    verbose_name = "Ledger"
