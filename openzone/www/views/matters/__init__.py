"""What enterprises and residents ask for, and how it stands."""
