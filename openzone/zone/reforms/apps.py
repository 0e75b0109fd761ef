from django.apps import AppConfig


class ReformsConfig(AppConfig):
    name = "openzone.zone.reforms"
    label = "reforms"
    verbose_name = "Reform tasks"
