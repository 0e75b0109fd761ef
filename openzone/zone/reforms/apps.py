from django.apps import AppConfig


class ReformsConfig(AppConfig):
    name = "openzone.zone.reforms"
    label = "reforms"
    verbose_name = "Reform tasks"

    def ready(self) -> None:
        """Keep the history of every task as it was written."""
        from openzone.zone.audit.protection import protect

        own = ("Report", "ReportCheck", "Extension", "ExtensionRuling")
        for name in (*own, "Closing", "CarriedTask", "ClosingRuling", "Reopening"):
            protect(self.get_model(name))
