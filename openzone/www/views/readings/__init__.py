"""Pages of reading: a page of a newspaper beside the facts found in it."""
