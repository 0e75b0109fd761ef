"""Processes that work on cases are killed with ``kill -9``; nothing they acknowledged is lost.

    python -m benchmarks.cases_crash [--database postgres] [--rounds 200]

Each round, two processes open cases and act on them, and say so only once it is done; at a moment
that differs from round to round both are killed. In the end every acknowledged number and event
must be there, no number twice, the events of every case without a gap, the columns what the events
add up to, and the log intact.
"""

import os
import random
import signal
import sys
from collections.abc import Iterator

from benchmarks import cases_zone as zone

HANDS = 2
MOST = 24  # acknowledgements before a kill


def main() -> int:
    """Run all rounds on a new database; return 1 where something was lost."""
    given = zone.arguments("cases under kill -9", rounds=200)
    with zone.database(given.database):
        zone.populate()
        return run(given.rounds)


def run(rounds: int, seed: int = 20261121) -> int:
    """Run the rounds on the database Django is set up with, and check what is left."""
    chance = random.Random(seed)
    acknowledged: list[tuple[str, int]] = []
    for _ in range(rounds):
        acknowledged += _round(chance)
    wrong = list(_wrong(acknowledged))
    print(f"{rounds} rounds, {len(acknowledged)} acknowledged, {len(wrong)} wrong")
    for line in wrong[:20]:
        print("   ", line)
    return 1 if wrong else 0


def _round(chance: random.Random) -> list[tuple[str, int]]:
    """Let some processes work, kill them all, and return what they had acknowledged."""
    children, ends = [], []
    for number in range(HANDS):
        reading, writing = os.pipe()
        children.append(zone.fork(lambda n=number, w=writing: _work(n, w)))  # type: ignore[misc]
        os.close(writing)
        ends.append(os.fdopen(reading, "rb"))
    heard = []
    for _ in range(chance.randint(1, MOST)):
        heard.append(ends[0].readline())
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return [*_read(b"".join(heard)), *(one for end in ends for one in _read(end.read()))]


def _read(rest: bytes) -> Iterator[tuple[str, int]]:
    """Yield the whole lines a process had written; what it was writing when it died is none."""
    for line in rest.split(b"\n")[:-1]:
        number, seq = line.decode().split()
        yield number, int(seq)


def _work(number: int, end: int) -> None:
    """Open cases and act on them until killed; acknowledge each as it is committed."""
    hands = zone.Hands(number)
    while True:
        case = hands.open()
        os.write(end, f"{case.number} 1\n".encode())
        case = hands.act(case, "accept")
        os.write(end, f"{case.number} 2\n".encode())
        case = hands.act(case, "note", text="已联系")
        os.write(end, f"{case.number} 3\n".encode())


def _wrong(acknowledged: list[tuple[str, int]]) -> Iterator[str]:
    from openzone.zone.audit.verification import verify
    from openzone.zone.cases.models import Case, CaseEvent

    kept = set(CaseEvent.objects.values_list("case__number", "seq"))
    for number, seq in acknowledged:
        if (number, seq) not in kept:
            yield f"lost: event {seq} of {number}"
    openings = [number for number, seq in acknowledged if seq == 1]
    if len(set(openings)) != len(openings):
        yield "a number was acknowledged twice"
    for case in Case.objects.select_related("version", "lead").order_by("pk"):
        yield from _wrong_case(case)
    if not verify().intact:
        yield "the log is not intact"


def _wrong_case(case: object) -> Iterator[str]:
    from openzone.zone.cases.folding import state_of
    from openzone.zone.cases.models import Case, CaseEvent

    assert isinstance(case, Case)
    seqs = list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("seq", flat=True))
    if seqs != list(range(1, len(seqs) + 1)):
        yield f"{case.number}: events {seqs}"
        return
    state = state_of(case)
    told = (state.number, state.stage, state.last_seq, state.holder or "")
    if told != (case.number, case.stage, case.last_seq, case.holder):
        yield f"{case.number}: the columns say something else than the events"


if __name__ == "__main__":
    sys.exit(main())
