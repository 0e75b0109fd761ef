"""Pages of reform programmes."""
