"""Runs a few rounds of the crash benchmark on the database of the test that starts it."""

import os
import sys

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    django.setup()

    from benchmarks import cases_crash, cases_zone

    cases_zone.populate()
    sys.exit(cases_crash.run(rounds=5))
