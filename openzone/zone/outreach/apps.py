from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "openzone.zone.outreach"
    label = "outreach"
    verbose_name = "Outreach"

    def ready(self) -> None:
        """Keep what enterprises said about being told."""
        from openzone.zone.audit.protection import protect

        protect(self.get_model("Preference"))
