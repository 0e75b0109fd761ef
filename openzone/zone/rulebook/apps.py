from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "openzone.zone.rulebook"
    label = "rulebook"
    verbose_name = "Rulebook"

    def ready(self) -> None:
        """Keep releases as they were published: decisions are explained by them for life."""
        from openzone.zone.audit.protection import protect

        protect(self.get_model("RuleRelease"))
