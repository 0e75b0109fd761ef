from datetime import time

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "openzone.zone.commitments"
    label = "commitments"
    verbose_name = "Commitments"

    def ready(self) -> None:
        """End every morning what waited for papers too long."""
        from openzone.zone.commitments.jobs import end_lapsed
        from openzone.zone.jobs.schedule import daily

        daily(end_lapsed, at=time(6, 10))
