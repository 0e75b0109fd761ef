"""What goes on in the demo zone: a scene for every page, each acted through the services."""

import datetime as dt

from openzone.demo.scenes.agreeing import agreements
from openzone.demo.scenes.applying import applications
from openzone.demo.scenes.asking import consultations, sessions, spokespersons
from openzone.demo.scenes.boarding import boarding
from openzone.demo.scenes.cast import Cast, cast_of
from openzone.demo.scenes.chaining import chaining
from openzone.demo.scenes.comparing import comparing
from openzone.demo.scenes.evaluating import evaluating
from openzone.demo.scenes.expanding import expansion
from openzone.demo.scenes.failing import window
from openzone.demo.scenes.figuring import figuring
from openzone.demo.scenes.growing import above_scale, honours, pools, recognitions, trusted
from openzone.demo.scenes.investing import investment
from openzone.demo.scenes.inviting import inviting
from openzone.demo.scenes.lighting import lights
from openzone.demo.scenes.measuring import measuring
from openzone.demo.scenes.neighbours import neighbourhood, regions
from openzone.demo.scenes.paging import paging
from openzone.demo.scenes.parcelling import parcelling
from openzone.demo.scenes.permitting import permits
from openzone.demo.scenes.promoting import promotion
from openzone.demo.scenes.reforming import reforms
from openzone.demo.scenes.reporting import reporting
from openzone.demo.scenes.requesting import requests
from openzone.demo.scenes.resuming import resuming
from openzone.demo.scenes.reviewing import reviewing
from openzone.demo.scenes.ruling import draft, tasks
from openzone.demo.scenes.sampling import sampling
from openzone.demo.scenes.serving import commitments, service_items
from openzone.demo.scenes.suggesting import suggestions
from openzone.demo.scenes.supplying import supplying
from openzone.demo.scenes.surveying import after_a_case, surveys
from openzone.demo.scenes.telling import pushes
from openzone.demo.scenes.travelling import travelling
from openzone.demo.scenes.visiting import challenges, network, on_site, visits
from openzone.zone.audit.actors import Actor

_SCENES = (
    spokespersons, consultations, sessions, pools, recognitions, above_scale, honours, trusted,
    tasks, draft, pushes, applications, requests, window,
    service_items, commitments, neighbourhood, regions,
    network, visits, on_site, challenges, surveys, after_a_case,
    suggestions, reforms, investment, expansion, lights, agreements, parcelling,
    promotion, travelling, chaining, inviting, comparing, supplying, resuming,
    sampling,
    reviewing,
    permits, measuring, evaluating, figuring, reporting, boarding, paging,
)  # fmt: skip


def create_scenes(actor: Actor, today: dt.date) -> None:
    """Let units, enterprises and the bank do what they do, from New Year until ``today``."""
    cast: Cast = cast_of(actor, today)
    for scene in _SCENES:
        scene(cast)
