from django.apps import AppConfig


class SpokespersonsConfig(AppConfig):
    name = "openzone.zone.spokespersons"
    label = "spokespersons"
    verbose_name = "Spokespersons"

    def ready(self) -> None:
        """Hold one spokesperson per unit and day."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.spokespersons.models.register import one_at_a_time

        protect(self.get_model("Spokesperson"), one_at_a_time)
