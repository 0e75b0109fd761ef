from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "openzone.zone.registry"
    label = "registry"
    verbose_name = "Registry"
