"""A refusal of the record, shown where the person can mend it."""

from django.forms import Form

from openzone.www.formats import say
from openzone.zone.errors import Refused


def show(form: Form, refusal: Refused) -> None:
    """Add the reason to the field it names, else to the whole form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal.reason))
