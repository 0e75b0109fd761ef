from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "openzone.zone.commitments"
    label = "commitments"
    verbose_name = "Commitments"
