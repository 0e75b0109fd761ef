"""A refusal of the record, shown where the person can mend it."""

from django.forms import Form

from openzone.www.formats import say
from openzone.zone.errors import Refused


def show(form: Form, refusal: Refused) -> None:
    """Add the reason to the field it names, else to the whole form.

    A file that is refused belongs to the papers of the forms that take several.
    """
    field = "papers" if refusal.field == "file" and "file" not in form.fields else refusal.field
    form.add_error(field if field in form.fields else None, say(refusal.reason))
