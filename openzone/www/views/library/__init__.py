"""The policy library: documents, items, what they mean, where they come from."""
