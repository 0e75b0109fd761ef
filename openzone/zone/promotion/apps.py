from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "openzone.zone.promotion"
    label = "promotion"
    verbose_name = "Promotion"

    def ready(self) -> None:
        """Keep what was said and decided about a lead as it was written."""
        from openzone.zone.audit.protection import protect

        for name in ("LeadEvent", "Interaction", "Grading", "TermVersion"):
            protect(self.get_model(name))
