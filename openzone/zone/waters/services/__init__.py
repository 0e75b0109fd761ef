"""What is written about waters."""
