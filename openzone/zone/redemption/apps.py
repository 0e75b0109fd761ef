from django.apps import AppConfig


class RedemptionConfig(AppConfig):
    name = "openzone.zone.redemption"
    label = "redemption"
    verbose_name = "Redemption"

    def ready(self) -> None:
        """Protect the steps, and end what has run out every morning."""
        from openzone.zone.audit import protection
        from openzone.zone.redemption.models import Step

        protection.protect(Step)
