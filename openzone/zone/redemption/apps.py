from datetime import time

from django.apps import AppConfig


class RedemptionConfig(AppConfig):
    name = "openzone.zone.redemption"
    label = "redemption"
    verbose_name = "Redemption"

    def ready(self) -> None:
        """Protect the steps, and end what has run out every morning."""
        from openzone.zone.audit import protection
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.redemption.jobs import every_morning
        from openzone.zone.redemption.models import Step

        protection.protect(Step)
        daily(every_morning, at=time(6, 0))
