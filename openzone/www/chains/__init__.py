"""What pages, papers and files say of a chain that was read."""
