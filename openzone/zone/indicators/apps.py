from datetime import time

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "openzone.zone.indicators"
    label = "indicators"
    verbose_name = "Figures over time"

    def ready(self) -> None:
        """Keep figures as they were reported, and approved batches as they were approved."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.indicators.jobs import reports_every_morning
        from openzone.zone.indicators.models.frozen import approved_batches
        from openzone.zone.jobs.schedule import daily

        for name in ("Figure", "FigureEnd", "BatchStep", "ReportStep", "ReportReminder"):
            protect(self.get_model(name))
        for name in ("FigureTarget", "MeetingPack"):
            protect(self.get_model(name))
        protect(self.get_model("Batch"), approved_batches)
        daily(reports_every_morning, at=time(6, 10))
