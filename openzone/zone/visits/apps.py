from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "openzone.zone.visits"
    label = "visits"
    verbose_name = "Visits"
