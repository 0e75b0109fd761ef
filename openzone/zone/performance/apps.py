from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "openzone.zone.performance"
    label = "performance"
    verbose_name = "Targets and evaluation"

    def ready(self) -> None:
        """Keep targets, reports, scores and objections as they were written."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.performance.models.frozen import final_rounds

        protect(self.get_model("Round"), final_rounds)
        for name in ("Target", "Completion", "Answer", "Score", "Objection", "Reply"):
            protect(self.get_model(name))
