from datetime import time

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "openzone.zone.projects"
    label = "projects"
    verbose_name = "Projects"

    def ready(self) -> None:
        """Keep what happened to a project as it was written; see to its lights before dawn."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.projects.jobs import keep_lights

        daily(keep_lights, at=time(4, 30))

        for name in (
            "StageEvent", "Paper", "Amount", "Arrival", "PhysicalReport", "SiteDay", "Assessment",
        ):  # fmt: skip
            protect(self.get_model(name))
