from datetime import time

from django.apps import AppConfig


class WatersConfig(AppConfig):
    name = "openzone.zone.waters"
    label = "waters"
    verbose_name = "Joint water monitoring"

    def ready(self) -> None:
        """Keep what was found and agreed as it was recorded; remind every morning."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.waters.jobs import every_morning

        for name in ("SectionTarget", "RiverChief", "Sample", "CampaignStep", "Measure"):
            protect(self.get_model(name))
        daily(every_morning, at=time(6, 20))
