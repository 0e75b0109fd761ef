"""Pages of graded review."""
