from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "openzone.zone.chains"
    label = "chains"
    verbose_name = "Chains"

    def ready(self) -> None:
        """Keep what was published and stated as it was written."""
        from openzone.zone.audit.protection import protect

        for name in ("ChainRelease", "PlacementChange", "InviteWeights"):
            protect(self.get_model(name))
