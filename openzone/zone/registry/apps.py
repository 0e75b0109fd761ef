from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "openzone.zone.registry"
    label = "registry"
    verbose_name = "Registry"

    def ready(self) -> None:
        """Keep facts and their sources as they were written."""
        from openzone.zone.audit.protection import protect

        protect(self.get_model("Fact"))
        protect(self.get_model("Source"))
