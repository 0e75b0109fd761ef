from datetime import time

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "openzone.zone.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        """Keep events and published types as they were written; look after cases and messages."""
        from openzone.zone.audit import protection
        from openzone.zone.cases.jobs import announce_brief, deliver, every_morning, look_after
        from openzone.zone.cases.models import CaseEvent, TypeVersion
        from openzone.zone.jobs.schedule import daily, every

        protection.protect(CaseEvent)
        protection.protect(TypeVersion)
        every(look_after, minutes=5)
        every(deliver, minutes=1)
        daily(every_morning, at=time(5, 30))
        daily(announce_brief, at=time(7, 30))
