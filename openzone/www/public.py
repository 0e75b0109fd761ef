"""The pages that open without a login, by url name. Everything else needs one."""

PUBLIC = frozenset(
    {
        "login",
        "set_language",
        "calculator",
        "sessions",
        "session",
        "spokespersons",
        "spokespersons_export",
    }
)
