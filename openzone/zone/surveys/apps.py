from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "openzone.zone.surveys"
    label = "surveys"
    verbose_name = "Surveys"

    def ready(self) -> None:
        """Keep what enterprises answered as they answered it."""
        from openzone.zone.audit.protection import protect

        protect(self.get_model("SurveyResponse"))
        protect(self.get_model("CallBack"))
