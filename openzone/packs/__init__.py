"""Everything a zone would change, as YAML with dates and sources. Guide: docs/packs.md."""
