"""A worker as a process of its own, on the database of the test that starts it."""

import os
import threading

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    settings.TASKS["default"]["OPTIONS"]["LEASE"] = float(os.environ["TEST_LEASE"])
    django.setup()

    from openzone.zone.jobs import schedule
    from openzone.zone.jobs.worker import run_worker

    schedule._ticks.clear()
    run_worker(threading.Event(), poll=0.02)
