from datetime import time

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "openzone.zone.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        """Schedule the queue's own housekeeping."""
        from openzone.zone.jobs.jobs import prune
        from openzone.zone.jobs.schedule import daily

        daily(prune, at=time(3, 30))
