"""What is read about waters."""
