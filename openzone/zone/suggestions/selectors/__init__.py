"""What a campaign knows: states, counts, provenance."""
