from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "openzone.zone.projects"
    label = "projects"
    verbose_name = "Projects"

    def ready(self) -> None:
        """Keep what happened to a project as it was written."""
        from openzone.zone.audit.protection import protect

        for name in (
            "StageEvent", "Paper", "Amount", "Arrival", "PhysicalReport", "SiteDay", "Assessment",
        ):  # fmt: skip
            protect(self.get_model(name))
