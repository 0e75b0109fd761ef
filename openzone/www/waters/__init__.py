"""What pages, files and the interface for programs say of waters."""
