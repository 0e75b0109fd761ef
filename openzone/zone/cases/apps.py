from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "openzone.zone.cases"
    label = "cases"
    verbose_name = "Cases"
