"""What each enterprise is entitled to, and whom each rule finds. Nothing here writes."""
