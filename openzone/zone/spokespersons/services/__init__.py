"""Every change to spokespersons and consultations, each with its event."""
