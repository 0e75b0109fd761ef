"""Approves an application as a process of its own, and stops for ever once money is reserved."""

import os
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    django.setup()

    import datetime as dt

    from openzone.zone.audit.actors import Actor
    from openzone.zone.people.models import User
    from openzone.zone.redemption import flow
    from openzone.zone.redemption.models import Application
    from openzone.zone.redemption.services.decisions import approve

    def reserved(*_: Any, **__: Any) -> None:
        """The money is promised, the stage is not written yet."""
        Path(os.environ["TEST_STARTED"]).write_text("reserved")
        time.sleep(600)

    flow.move = reserved
    user = User.objects.get(pk=os.environ["TEST_USER"])
    application = Application.objects.get(pk=os.environ["TEST_APPLICATION"])
    approve(
        actor=Actor.of(user),
        user=user,
        application=application,
        at=application.entered_at + dt.timedelta(hours=1),
    )
