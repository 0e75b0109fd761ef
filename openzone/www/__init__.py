"""Everything HTTP: pages, forms, downloads. Views are thin: check, call ``zone/``, render."""
