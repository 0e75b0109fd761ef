from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "openzone.zone.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        """Keep the events and the published types as they were written."""
        from openzone.zone.audit import protection
        from openzone.zone.cases.models import CaseEvent, TypeVersion

        protection.protect(CaseEvent)
        protection.protect(TypeVersion)
