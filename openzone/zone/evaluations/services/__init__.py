"""What is done with evaluations."""
