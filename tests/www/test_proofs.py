"""The proof on the page: complete, in words, and no way around what is hidden."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from openzone.www import proofs
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Source
from openzone.zone.registry.services.facts import state_facts
from openzone.zone.rulebook.packs import packs
from tests.www.conftest import AS_OF, Zone

Visit = Callable[[User | None], Client]
RULES = [rule.rule for rule in packs().rules]
HIDDEN = "有偷漏税等税收违法"


@pytest.mark.django_db
class TestThePage:
    def proof(self, client: Client, zone: Zone, rule: str, day: dt.date = AS_OF) -> str:
        path = f"/enterprises/{zone.near.pk}/rules/{rule}/?as_of={day.isoformat()}"
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    @pytest.mark.parametrize("rule", RULES)
    def test_every_rule_is_proved(
        self, zone: Zone, colleague: User, visit: Visit, rule: str
    ) -> None:
        page = self.proof(visit(colleague), zone, rule)
        assert "逐项条件" in page
        assert "示例年报.xlsx" in page

    def test_a_value_stands_with_its_source_and_its_distance(
        self, zone: Zone, colleague: User, visit: Visit
    ) -> None:
        page = self.proof(visit(colleague), zone, "cn.tech_sme")
        assert "2.5亿元" in page
        assert "超出 5,000万元" in page

    def test_a_hidden_fact_is_not_given_away_by_the_proof(
        self, zone: Zone, colleague: User, enterprise_owner: User, visit: Visit, actor: Actor
    ) -> None:
        state_facts(
            actor=actor,
            subject=zone.near,
            facts={"tax_evasion": False},
            as_of=AS_OF,
            known_on=AS_OF,
            source=Source(kind=SourceKind.FORM, title="示例税务说明"),
        )
        theirs = self.proof(visit(colleague), zone, "cn.srdi_sme")
        assert "依据的数据已隐藏" in theirs
        assert "示例税务说明" not in theirs
        own = self.proof(visit(enterprise_owner), zone, "cn.srdi_sme")
        assert "依据的数据已隐藏" not in own
        assert "示例税务说明" in own

    def test_a_rule_that_was_not_yet_in_force_has_no_proof(
        self, zone: Zone, colleague: User, visit: Visit
    ) -> None:
        path = f"/enterprises/{zone.near.pk}/rules/cn.srdi_sme/?as_of=2010-01-01"
        assert visit(colleague).get(path).status_code == 404

    def test_an_absorbed_enterprise_leads_to_the_one_that_stayed(
        self, zone: Zone, colleague: User, visit: Visit
    ) -> None:
        gone = zone.merge.absorbed_id
        response = visit(colleague).get(f"/enterprises/{gone}/rules/cn.tech_sme/")
        assert response.headers["Location"] == f"/enterprises/{zone.other.pk}/rules/cn.tech_sme/"


@pytest.mark.django_db  # a page of versions also names the releases they came from
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("rule", packs().rules, ids=lambda rule: rule.rule)
def test_the_text_of_every_version_is_a_proof_with_nothing_known(
    rule: "object", language: str
) -> None:
    with translation.override(language):
        for shown in proofs.version_texts(rule):
            assert shown.text.version == shown.version.version
            assert proofs.top_clauses(shown.text) or shown.text.rows
            assert proofs.tally(shown.text).not_met == 0


def test_a_condition_that_was_not_verified_is_marked_on_its_own() -> None:
    size = next(rule for rule in packs().rules if rule.rule == "cn.size_class")
    assert "K" in proofs.marks_of(size.versions[0]).values()
