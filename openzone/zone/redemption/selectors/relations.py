"""What an enterprise has had or has open, and what that leaves it under the relations."""

import datetime as dt

from openzone.engines.text import Text
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.findings import Finding


def obstacles(application: Application, finding: Finding, on: dt.date) -> list[Text]:
    return []
