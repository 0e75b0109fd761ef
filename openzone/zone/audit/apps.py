from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "openzone.zone.audit"
    label = "audit"
    verbose_name = "Audit"
