"""From an application to the money, for everybody who has a hand in it."""
