"""Open311 GeoReport v2: public reports from the clients that exist for it."""
