from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "openzone.zone.policies"
    label = "policies"
    verbose_name = "Policies"
