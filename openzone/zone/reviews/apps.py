from datetime import time

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "openzone.zone.reviews"
    label = "reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        """Plan meetings every morning, read promises; keep what climbed and who was there."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.reviews.jobs import every_morning
        from openzone.zone.reviews.selectors import agreed, promises

        daily(every_morning, at=time(5, 30))
        promises.register(agreed.due)
        for name in ("Decision", "Attendance", "Climb"):
            protect(self.get_model(name))
