"""Applies an upload as a process of its own, and stops for ever just before the end."""

import os
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    settings.TASKS["default"]["OPTIONS"]["LEASE"] = 1.0
    django.setup()

    from openzone.zone.audit.actors import Actor
    from openzone.zone.jobs.worker import run_next
    from openzone.zone.registry.imports import apply
    from openzone.zone.registry.models import Fact, ImportBatch

    def written(*_: Any) -> None:
        """Everything is in the tables, nothing is committed."""
        Path(os.environ["TEST_STARTED"]).write_text(str(Fact.objects.count()))
        time.sleep(600)

    apply._mark_rows = written
    if os.environ["TEST_AS"] == "job":
        run_next("first")
    else:
        batch = ImportBatch.objects.get()
        apply.apply_batch(actor=Actor.system("tests"), batch=batch)
