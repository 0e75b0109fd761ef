from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "openzone.zone.people"
    label = "people"
    verbose_name = "People"
