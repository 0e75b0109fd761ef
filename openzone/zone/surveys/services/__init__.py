"""Opening surveys, asking, answering; each with its event, none with what was answered."""
