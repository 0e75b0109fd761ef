from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "openzone.zone.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Protect the log and its head."""
        from openzone.zone.audit import protection, triggers
        from openzone.zone.audit.models import ChainHead, Event

        protection.protect(Event, triggers.chain_links)
        protection.protect(ChainHead, triggers.forward_only)
        post_migrate.connect(protection.restore)
        post_migrate.connect(self.start_chain, sender=self)
        checks.register(protection.check, checks.Tags.database)

    def start_chain(self, using: str, **_: object) -> None:
        """Make the head row of an empty log; a log that lost its head is left for ``verify``."""
        from openzone.zone.audit.models import ChainHead, Event

        if ChainHead._meta.db_table not in connections[using].introspection.table_names():
            return  # only another application was migrated
        if ChainHead.objects.using(using).exists() or Event.objects.using(using).exists():
            return
        ChainHead.objects.using(using).create()
