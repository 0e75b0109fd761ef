"""Who answers for what, and how questions stand. Nothing here writes."""
