"""Eligibility rules: data in, answers with reasons out. The language: docs/reference/rules.md."""
