"""What investor and zone promise each other, and the fair-competition review."""
