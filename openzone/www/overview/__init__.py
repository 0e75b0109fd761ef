"""The parts of the leaders' summary: each number with the address of the rows behind it."""
