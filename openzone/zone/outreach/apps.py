from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "openzone.zone.outreach"
    label = "outreach"
    verbose_name = "Outreach"
