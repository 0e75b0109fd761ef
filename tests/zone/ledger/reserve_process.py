"""Reserves money as a process of its own, and stops for ever just before the commit."""

import datetime as dt
import os
import time
from pathlib import Path

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    django.setup()

    from django.db import transaction

    from openzone.zone.audit.actors import Actor
    from openzone.zone.ledger.models import Account
    from openzone.zone.ledger.selectors import budget_line
    from openzone.zone.ledger.services import reserve

    budget, firms = Account.objects.get(code="budget"), Account.objects.get(code="firms")
    with transaction.atomic():
        reserve(
            actor=Actor.system("tests"),
            key="killed",
            source=budget,
            target=firms,
            amount=60_00,
            on=dt.date(2026, 11, 20),
            about="application:1",
        )
        held = budget_line(budget).reserved // 100
        Path(os.environ["TEST_STARTED"]).write_text(str(held))
        time.sleep(600)
