from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "openzone.zone.readings"
    label = "readings"
    verbose_name = "Reading of pages"

    def ready(self) -> None:
        """Keep what was read, said and entered as it was."""
        from openzone.zone.audit.protection import protect

        for name in ("PageFact", "Judgement", "Entry"):
            protect(self.get_model(name))
