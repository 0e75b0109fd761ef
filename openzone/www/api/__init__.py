"""The interface for programs: what people do on the pages, as JSON, with a key (OpenAPI 3.1)."""
