"""Every change to pools and registers, each with its event."""
