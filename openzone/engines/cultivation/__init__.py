"""Near a threshold: twelve months, the year so far, months to go, and what a route still needs."""
