"""Cases: a state is the fold of its events, and nothing else is a source.

A case type is data (:mod:`definition`), an event is what somebody did (:mod:`events`), the fold
(:mod:`fold`) says whether it was possible and what is so afterwards. Moments are naive wall-clock
times of the zone, as in :mod:`openzone.engines.worktime`.
"""
