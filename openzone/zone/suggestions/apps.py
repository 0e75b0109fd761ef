from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "openzone.zone.suggestions"
    label = "suggestions"
    verbose_name = "Suggestions"

    def ready(self) -> None:
        """Tell proposers soon after their suggestion was carried out."""
        from openzone.zone.jobs.schedule import every
        from openzone.zone.suggestions.jobs import tell_of_done

        every(tell_of_done, minutes=10)
