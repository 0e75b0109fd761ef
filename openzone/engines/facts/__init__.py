"""The fact catalogue: what can be known about a subject, its type, unit, period and label."""
