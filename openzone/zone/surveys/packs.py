"""The forms of this zone's surveys, read once per process."""

from functools import cache

from openzone.packs.loading import zone_folder
from openzone.packs.surveys import Form, SurveysPack, load_surveys


@cache
def pack() -> SurveysPack:
    """Return the whole pack."""
    return load_surveys(zone_folder())


def form_named(name: str) -> Form | None:
    """Return a form by its id."""
    return next((form for form in pack().forms if form.id == name), None)
