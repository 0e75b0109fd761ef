from datetime import time

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "openzone.zone.community"
    label = "community"
    verbose_name = "Neighbourhood service"

    def ready(self) -> None:
        """Keep reviews and liabilities as they were written; remind every morning."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.community.jobs import remind_duties
        from openzone.zone.jobs.schedule import daily

        protect(self.get_model("Review"))
        protect(self.get_model("Liability"))
        daily(remind_duties, at=time(7))
