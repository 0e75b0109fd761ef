"""Policy documents, their items, and what they mean."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "openzone.zone.policies"
    label = "policies"
    verbose_name = "Policies"

    def ready(self) -> None:
        """Keep the history of the library as it was written."""
        from openzone.zone.audit.protection import protect

        protect(self.get_model("Change"))
