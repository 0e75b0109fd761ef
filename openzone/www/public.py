"""The pages that open without a login, by url name. Everything else needs one."""

PUBLIC = frozenset({"login", "set_language", "calculator", "spokespersons", "spokespersons_export"})
