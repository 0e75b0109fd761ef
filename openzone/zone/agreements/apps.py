from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "openzone.zone.agreements"
    label = "agreements"
    verbose_name = "Agreements"
