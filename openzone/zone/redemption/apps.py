from django.apps import AppConfig


class RedemptionConfig(AppConfig):
    name = "openzone.zone.redemption"
    label = "redemption"
    verbose_name = "Redemption"
