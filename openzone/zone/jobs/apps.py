from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "openzone.zone.jobs"
    label = "jobs"
    verbose_name = "Jobs"
