"""Three-valued logic of the plain interpreter."""

State = bool | None


def all_of(states: list[State]) -> State:
    if False in states:
        return False
    return None if None in states else True


def negated(state: State) -> State:
    return None if state is None else not state


def any_of(states: list[State]) -> State:
    return negated(all_of([negated(state) for state in states]))
