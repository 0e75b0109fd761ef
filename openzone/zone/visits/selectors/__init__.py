"""Who covers whom, what is due, who goes where."""
