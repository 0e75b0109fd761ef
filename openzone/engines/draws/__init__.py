"""Random draws that anybody can repeat."""
