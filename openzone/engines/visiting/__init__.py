"""Who looks after whom, how evenly, and which visits are due: dates and counts, nothing else."""
