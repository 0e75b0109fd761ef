from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "openzone.zone.approvals"
    label = "approvals"
    verbose_name = "Approvals"

    def ready(self) -> None:
        """Keep what was handed in, answered, proved and promised as it was written."""
        from openzone.zone.audit.protection import protect

        for name in ("Step", "Intake", "Paper", "LandProof", "Promise", "Trip"):
            protect(self.get_model(name))
