from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "openzone.zone.chains"
    label = "chains"
    verbose_name = "Chains"

    def ready(self) -> None:
        """Keep what was published and stated as it was written."""
        from openzone.zone.audit.protection import protect
        from openzone.zone.chains.models.frozen import written_once

        for name in ("ChainRelease", "PlacementChange", "InviteWeights"):
            protect(self.get_model(name))
        placed = ("enterprise_id", "chain", "node", "share", "valid_from", "recorded_at")
        figure = ("chain", "node", "kind", "value", "unit", "period", "recorded_at")
        role = ("enterprise_id", "chain", "kind", "valid_from", "recorded_at")
        for name, kept in (("Placement", placed), ("NodeFigure", figure), ("ChainRole", role)):
            protect(self.get_model(name), written_once(*kept))
