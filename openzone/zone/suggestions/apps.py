from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "openzone.zone.suggestions"
    label = "suggestions"
    verbose_name = "Suggestions"
