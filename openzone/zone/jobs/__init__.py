"""Work that outlives a request, kept in the database with its transaction."""
