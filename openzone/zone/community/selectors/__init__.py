"""What is read of neighbourhood and cross-region service."""
