from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "openzone.zone.land"
    label = "land"
    verbose_name = "Land"
