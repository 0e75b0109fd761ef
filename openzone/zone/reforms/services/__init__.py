"""Everything that happens to reform tasks, one function each."""
