"""Everything that happens in a suggestion campaign, one function each."""
