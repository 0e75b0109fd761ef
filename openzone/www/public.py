"""The pages that open without a login, by url name. Everything else needs one."""

PUBLIC = frozenset(
    {
        "login",
        "publicity",
        "commitments_published",
        "set_language",
        "type_size",
        "matter_new",
        "matter_form",
        "matter_alike",
        "status",
        "calculator",
        "library",
        "library_document",
        "library_items",
        "library_item",
        "library_media",
        "sessions",
        "session",
        "spokespersons",
        "spokespersons_export",
        "review_feed",  # the secret in its address is what opens it
    }
)

# Interfaces for programs: they know no login page, and ask for a key where one is needed.
PUBLIC_NAMESPACES = frozenset({"api", "open311"})
