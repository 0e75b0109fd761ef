from django.apps import AppConfig


class ReformsConfig(AppConfig):
    name = "openzone.zone.reforms"
    label = "reforms"
    verbose_name = "Reform tasks"

    def ready(self) -> None:
        """Keep the history of every task as it was written."""
        from openzone.zone.audit.protection import protect

        for name in ("Report", "ReportCheck", "Extension", "ExtensionRuling"):
            protect(self.get_model(name))
