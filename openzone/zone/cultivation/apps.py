from django.apps import AppConfig


class CultivationConfig(AppConfig):
    name = "openzone.zone.cultivation"
    label = "cultivation"
    verbose_name = "Cultivation"
