"""Pages brought in and read, their facts judged, added, handed to the record."""
