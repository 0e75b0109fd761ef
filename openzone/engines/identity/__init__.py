"""Who is who: credit codes, company names, linked names, divisions, industries.

Each module stands alone; import what you need, e.g. ``openzone.engines.identity.uscc``.
Tables come in as rows, so the engine reads no file; ``openzone.packs.tables`` supplies them.
"""
