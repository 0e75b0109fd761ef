"""Series with what follows from them, batches, subjects."""
