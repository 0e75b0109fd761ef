from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "openzone.zone.land"
    label = "land"
    verbose_name = "Land"

    def ready(self) -> None:
        """Keep what happened to a parcel as it was written."""
        from openzone.zone.audit.protection import protect

        protect(self.get_model("ParcelStep"))
