from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "openzone.zone.rulebook"
    label = "rulebook"
    verbose_name = "Rulebook"
