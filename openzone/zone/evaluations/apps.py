from datetime import time

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "openzone.zone.evaluations"
    label = "evaluations"
    verbose_name = "Evaluations of enterprises"

    def ready(self) -> None:
        """Keep data, results, objections and final lists as they were written; remind of days."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.evaluations.jobs import every_morning
        from openzone.zone.evaluations.models.frozen import final_cycles, locked_marks
        from openzone.zone.jobs.schedule import daily

        protect(self.get_model("Cycle"), final_cycles)
        protect(self.get_model("Reviewer"), locked_marks)
        for name in ("Cell", "Ruling", "Run", "Outcome", "Protest", "ProtestAnswer"):
            protect(self.get_model(name))
        daily(every_morning, at=time(6, 20))
