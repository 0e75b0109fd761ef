"""Every write to the library, each with its event and its line in the history."""
