from django.apps import AppConfig


class SpokespersonsConfig(AppConfig):
    name = "openzone.zone.spokespersons"
    label = "spokespersons"
    verbose_name = "Spokespersons"
