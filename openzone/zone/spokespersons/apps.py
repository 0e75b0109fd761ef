from datetime import time
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class SpokespersonsConfig(AppConfig):
    name = "openzone.zone.spokespersons"
    label = "spokespersons"
    verbose_name = "Spokespersons"

    def ready(self) -> None:
        """Hold one spokesperson per unit and day; see every morning who left."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.spokespersons.jobs import end_departed
        from openzone.zone.spokespersons.models.register import one_at_a_time

        protect(self.get_model("Spokesperson"), one_at_a_time)
        daily(end_departed, at=time(6))
        post_migrate.connect(_adopt, sender=self)


def _adopt(using: str, **_: Any) -> None:
    """Open the cases of questions from before (not in a migration: services need every table)."""
    from openzone.zone.spokespersons.services.adoption import adopt_all

    connection = connections[using]
    # After a migration of some apps only, the tables may not be there yet.
    wanted = {"spokespersons_consultation", "cases_case"}
    if using == "default" and wanted <= set(connection.introspection.table_names()):
        adopt_all()
