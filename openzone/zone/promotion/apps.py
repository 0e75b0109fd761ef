from datetime import time

from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "openzone.zone.promotion"
    label = "promotion"
    verbose_name = "Promotion"

    def ready(self) -> None:
        """Remind every morning; keep what was said and decided about a lead as it was written."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.promotion.jobs import every_morning

        daily(every_morning, at=time(6, 0))
        for name in ("LeadEvent", "Interaction", "Grading", "TermVersion"):
            protect(self.get_model(name))
