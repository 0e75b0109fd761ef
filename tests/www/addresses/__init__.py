"""What each kind of visitor gets at every address, by area."""
