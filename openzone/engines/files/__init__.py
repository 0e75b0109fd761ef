"""What a file is by its content, and whether it may come in."""
