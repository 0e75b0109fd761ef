"""Reading needs, offers and invitations: lists, matches with reasons, assignment, statistics."""
