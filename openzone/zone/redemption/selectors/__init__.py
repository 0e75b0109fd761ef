"""Where applications stand, what was received, and what it brought. Nothing here writes."""
