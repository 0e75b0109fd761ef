"""The demo zone: a synthetic, seeded population that goes through the same door as a real one."""
