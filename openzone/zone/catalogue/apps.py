from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "openzone.zone.catalogue"
    label = "catalogue"
    verbose_name = "Service items"
