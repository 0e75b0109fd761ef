from datetime import time

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "openzone.zone.reviews"
    label = "reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        """Plan meetings every morning; keep what climbed and who was there as it was written."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.reviews.jobs import every_morning

        daily(every_morning, at=time(5, 30))
        for name in ("Decision", "Attendance", "Climb"):
            protect(self.get_model(name))
