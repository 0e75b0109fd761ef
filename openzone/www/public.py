"""The pages that open without a login, by url name. Everything else needs one."""

PUBLIC = frozenset(
    {
        "login",
        "publicity",
        "set_language",
        "type_size",
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
    }
)
