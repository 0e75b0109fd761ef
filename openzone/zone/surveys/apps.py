from datetime import time

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "openzone.zone.surveys"
    label = "surveys"
    verbose_name = "Surveys"

    def ready(self) -> None:
        """Keep what enterprises answered as they answered it; ask about closed cases each day."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.jobs.schedule import daily
        from openzone.zone.surveys.jobs import ask_about_closed_cases

        daily(ask_about_closed_cases, at=time(6, 30))
        protect(self.get_model("SurveyResponse"))
        protect(self.get_model("CallBack"))
