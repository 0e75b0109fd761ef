"""Spreadsheets as zones keep them → typed rows and named problems. Guide: docs/import.md.

`gate.check` lets a file in, `reading.read_table` reads it, `marking.mark_workbook` sends it back
with its problems marked; `strict.read_enterprises` is for files that must be perfect, and
`writing.write_table` writes every Excel export. Nothing here knows a database or a clock.
"""
