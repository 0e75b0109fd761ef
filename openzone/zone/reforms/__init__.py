"""Reform programmes, their tasks and how far they are."""
