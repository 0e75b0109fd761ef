"""Double-entry transfers in any unit, in two phases: reserve, then post or void."""
