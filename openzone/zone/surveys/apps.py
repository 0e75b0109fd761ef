from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "openzone.zone.surveys"
    label = "surveys"
    verbose_name = "Surveys"
