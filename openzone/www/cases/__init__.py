"""Cases in words and drawings: clocks, holders, events, what may be done."""
