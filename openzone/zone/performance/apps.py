from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "openzone.zone.performance"
    label = "performance"
    verbose_name = "Performance"
