"""What waits for one person, gathered from every area of the zone."""
