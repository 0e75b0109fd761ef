from datetime import time

from django.apps import AppConfig


class CultivationConfig(AppConfig):
    name = "openzone.zone.cultivation"
    label = "cultivation"
    verbose_name = "Cultivation"

    def ready(self) -> None:
        """Keep monthly figures as they were stated; remind of batches every morning."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.cultivation.jobs import every_morning
        from openzone.zone.jobs.schedule import daily

        protect(self.get_model("MonthlyFigure"))
        daily(every_morning, at=time(7, 0))
