"""Pages listed, their facts beside what is known, statistics of rules."""
