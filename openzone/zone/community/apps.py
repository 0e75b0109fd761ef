from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "openzone.zone.community"
    label = "community"
    verbose_name = "Neighbourhood service"
