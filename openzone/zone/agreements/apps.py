from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "openzone.zone.agreements"
    label = "agreements"
    verbose_name = "Agreements"

    def ready(self) -> None:
        """Keep what was signed, reviewed, reported and confirmed as it was written."""
        from openzone.zone.agreements.models.frozen import sealed_clauses, signed_agreements
        from openzone.zone.audit.protection import protect

        protect(self.get_model("Agreement"), signed_agreements)
        protect(self.get_model("Clause"), sealed_clauses)
        for name in ("FairReview", "Fulfilment", "Answer"):
            protect(self.get_model(name))
