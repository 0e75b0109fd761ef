"""Files of pages, and what text is taken from them."""
