"""The areas of the interface, a module for each."""
