"""Policy documents, their items, and what they mean."""
