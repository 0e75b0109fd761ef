from datetime import time

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    name = "openzone.zone.supply"
    label = "supply"
    verbose_name = "Supply matching"

    def ready(self) -> None:
        """Keep the steps as they were recorded; expire and remind every morning."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.supply.jobs import every_morning

        protect(self.get_model("InvitationStep"))
        daily(every_morning, at=time(6, 0))
