"""Industrial chains: what is there, what is missing, what breaks what, and whom to invite."""
