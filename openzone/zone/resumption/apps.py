from datetime import time

from django.apps import AppConfig


class ResumptionConfig(AppConfig):
    name = "openzone.zone.resumption"
    label = "resumption"
    verbose_name = "Resumption of work"

    def ready(self) -> None:
        """Keep what was reported, read and found as it was; remind every afternoon."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.resumption.jobs import every_afternoon
        from openzone.zone.resumption.packs import pack

        for name in ("WorkReport", "PowerReading", "Inspection"):
            protect(self.get_model(name))
        daily(every_afternoon, at=time(pack().remind_hour))
