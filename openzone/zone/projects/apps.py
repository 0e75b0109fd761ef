from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "openzone.zone.projects"
    label = "projects"
    verbose_name = "Projects"
