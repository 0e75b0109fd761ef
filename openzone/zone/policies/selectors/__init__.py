"""What the library holds, and how it stands on a day. Nothing here writes."""
