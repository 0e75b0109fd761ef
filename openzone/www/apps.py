from django.apps import AppConfig


class WwwConfig(AppConfig):
    name = "openzone.www"
    label = "www"
    verbose_name = "OpenZone"
