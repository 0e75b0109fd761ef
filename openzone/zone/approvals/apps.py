from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "openzone.zone.approvals"
    label = "approvals"
    verbose_name = "Approvals"
