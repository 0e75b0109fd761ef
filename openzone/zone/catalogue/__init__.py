"""Public service items: who decides them, where they are received, in how long."""
