"""The demo's chains: a gap like a published one, a queue, leaders, figures that disagree."""

import datetime as dt

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.scenes.cast import cast_of
from openzone.demo.scenes.chaining import BATTERY, CHAINS, WAITING, chaining
from openzone.engines.chains.gaps import GapKind, gaps
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import NodeFigure, Placement
from openzone.zone.chains.selectors.figures import figures_of
from openzone.zone.chains.selectors.proposals import QueueFilter, queue
from openzone.zone.chains.selectors.roles import leading
from openzone.zone.chains.selectors.standing import on_record
from openzone.zone.registry.services.enterprises import create_enterprise

TODAY = dt.date(2026, 11, 2)


@pytest.mark.django_db
def test_a_chain_with_a_gap_a_queue_and_two_leaders():
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=dt.date(2026, 1, 1))
    chaining(cast_of(actor, TODAY))
    read = on_record(BATTERY, TODAY)
    fill = [gap.node for gap in gaps(read.standing) if gap.kind is GapKind.FILL]
    assert fill[0] == "cathode"
    assert "cathode" not in read.standing.firms
    assert all(on_record(chain, TODAY).standing.firms for chain in CHAINS)
    assert queue(QueueFilter()).count() == WAITING
    assert [len(one.supporters) for one in leading(TODAY)] == [2, 4]
    assert any(line.contradicts for line in figures_of(BATTERY, TODAY)["cell"])
    assert not Placement.objects.filter(synthetic=False).exists()
    assert not NodeFigure.objects.filter(synthetic=False).exists()
