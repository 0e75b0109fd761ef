"""Projects from first contact to full output, as pure functions."""
