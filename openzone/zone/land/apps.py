from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "openzone.zone.land"
    label = "land"
    verbose_name = "Land"

    def ready(self) -> None:
        """Keep what was reported, signed and checked as it was written."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.land.models.frozen import sealed_promises, signed_standards

        protect(self.get_model("StandardLand"), signed_standards)
        protect(self.get_model("LandPromise"), sealed_promises)
        for name in ("ParcelStep", "SiteReport", "HandOver", "LandCheck", "CheckFigure"):
            protect(self.get_model(name))
