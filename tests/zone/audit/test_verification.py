import json

import pytest
from django.db import connection, transaction

from openzone.zone.audit import verification
from openzone.zone.audit.chain import GENESIS, digest
from openzone.zone.audit.models import ChainHead, Event
from openzone.zone.audit.services import record
from openzone.zone.audit.verification import Kind, export_anchor, read_anchor, verify
from openzone.zone.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ten_events")]

EDITS = {
    "payload": "UPDATE audit_event SET payload = '{\"n\":40}' WHERE seq = 4",
    "action": "UPDATE audit_event SET action = 'test.other' WHERE seq = 4",
    "subject": "UPDATE audit_event SET subject = 'thing:5' WHERE seq = 4",
    "person": "UPDATE audit_event SET actor_label = 'x' WHERE seq = 4",
    "time": "UPDATE audit_event SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 4",
    "hash": f"UPDATE audit_event SET hash = '{GENESIS}' WHERE seq = 4",
}


def _found(anchor: str | None = None) -> list[tuple[Kind, int]]:
    result = verify(read_anchor(anchor) if anchor else None)
    return [(finding.kind, finding.seq) for finding in result.findings]


def _rewrite_everything(tamper) -> None:
    """Do what a perfect forger does: make every hash and the head agree again."""
    previous = GENESIS
    for event in Event.objects.order_by("seq"):
        texts = event.actor_kind, event.actor_id, event.actor_label
        details = event.action, event.subject, event.payload
        fresh = digest(previous, event.seq, event.at, *texts, *details)
        tamper(
            "UPDATE audit_event SET previous = %s, hash = %s WHERE seq = %s",
            (previous, fresh, event.seq),
        )
        previous = fresh
    tamper("UPDATE audit_chainhead SET seq = %s, hash = %s", (Event.objects.count(), previous))


def test_an_untouched_log_is_intact():
    result = verify()
    assert result.intact
    assert (result.checked, result.seq) == (10, 10)
    assert result.hash == ChainHead.objects.get().hash
    assert result.summary.zh == "日志完整：已核验10条"


@pytest.mark.parametrize("sql", EDITS.values(), ids=EDITS)
def test_an_edit_is_found_where_it_was_made(sql, tamper):
    tamper(sql)
    assert (Kind.EDITED, 4) in _found()


def test_an_edit_with_its_own_hash_made_right_breaks_the_next_link(tamper):
    event = Event.objects.get(seq=4)
    texts = event.actor_kind, event.actor_id, event.actor_label, event.action, event.subject
    fresh = digest(event.previous, 4, event.at, *texts, "{}")
    tamper("UPDATE audit_event SET payload = '{}', hash = %s WHERE seq = 4", (fresh,))
    assert _found() == [(Kind.LINK, 5)]


def test_a_removed_event_is_a_gap(tamper):
    tamper("DELETE FROM audit_event WHERE seq IN (4, 5)")
    result = verify()
    assert [(f.kind, f.seq) for f in result.findings] == [(Kind.GAP, 4)]
    assert result.findings[0].message.zh == "缺少第4条至第5条"
    assert result.findings[0].message.en == "events 4 to 5 are missing"


def test_a_cut_tail_is_found_by_the_head(tamper):
    tamper("DELETE FROM audit_event WHERE seq > 7")
    assert _found() == [(Kind.CUT, 10)]


def test_a_log_emptied_whole_is_found_by_the_head(tamper):
    tamper("DELETE FROM audit_event")
    assert _found() == [(Kind.CUT, 10)]


def test_a_cut_tail_with_a_forged_head_is_found_by_the_anchor(tamper):
    anchor = export_anchor()
    tamper("DELETE FROM audit_event WHERE seq > 7")
    tamper(
        "UPDATE audit_chainhead SET seq = 7, hash = (SELECT hash FROM audit_event WHERE seq = 7)"
    )
    assert _found() == []
    assert _found(anchor) == [(Kind.CUT, 10)]


def test_a_history_rewritten_whole_is_found_by_the_anchor(tamper):
    anchor = export_anchor()
    tamper("UPDATE audit_event SET payload = '{}' WHERE seq = 4")
    _rewrite_everything(tamper)
    assert _found() == []
    assert _found(anchor) == [(Kind.ANCHOR, 10)]


def test_a_forked_link_is_found(tamper):
    tamper("UPDATE audit_event SET previous = %s WHERE seq = 6", ("f" * 64,))
    assert (Kind.LINK, 6) in _found()


def test_a_head_set_back_is_found(tamper):
    tamper(
        "UPDATE audit_chainhead SET seq = 7, hash = (SELECT hash FROM audit_event WHERE seq = 7)"
    )
    assert _found() == [(Kind.HEAD, 7)]


@pytest.mark.parametrize(
    "sql", ["DELETE FROM audit_chainhead", "UPDATE audit_chainhead SET hash = 'x'"]
)
def test_a_lost_or_false_head_is_found(sql, tamper):
    tamper(sql)
    assert _found() == [(Kind.HEAD, 10)]


def test_an_anchor_holds_while_the_log_grows(actor):
    anchor = export_anchor()
    record("test.happened", actor=actor)
    assert _found(anchor) == []


def test_an_anchor_says_what_the_log_was():
    last = Event.objects.get(seq=10)
    exported = json.loads(export_anchor())
    assert exported["seq"] == exported["count"] == 10
    assert exported["hash"] == last.hash
    assert exported["at"] == last.at.isoformat(timespec="microseconds")


def test_an_anchor_of_an_empty_log_can_be_read(tamper):
    tamper("DELETE FROM audit_event")
    tamper("UPDATE audit_chainhead SET seq = 0, hash = %s", (GENESIS,))
    assert _found(export_anchor()) == []


@pytest.mark.parametrize("text", ["", "[]", "3", "{}", '{"seq":"1","hash":"","at":"","count":1}'])
def test_a_file_that_is_no_anchor_is_refused(text):
    with pytest.raises(Refused, match="不是日志存证文件"):
        read_anchor(text)


def test_a_missing_trigger_is_a_finding():
    on_table = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_event_no_update{on_table}")
    assert _found() == [(Kind.TRIGGER, 10)]


def test_many_faults_are_counted_and_the_first_are_shown(tamper, actor):
    with transaction.atomic():
        for _ in range(verification.SHOWN + 10):
            record("test.happened", actor=actor)
    tamper("UPDATE audit_event SET action = 'x'")
    result = verify()
    assert len(result.findings) == verification.SHOWN
    assert result.found == verification.SHOWN + 20
    assert not result.intact
